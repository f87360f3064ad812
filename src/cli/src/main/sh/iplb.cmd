@echo off
rem The iplb command for cmd.exe: starts iplb.jar, which is beside the folder of this file, on JAVA_HOME's Java or the PATH's.
setlocal EnableExtensions DisableDelayedExpansion
if not defined JAVA_HOME goto search
set "iplb_java=%JAVA_HOME:"=%\bin\java.exe"
if exist "%iplb_java%" goto start
>&2 echo iplb: iplb runs on Java, and there is no program "%iplb_java%" (JAVA_HOME names it). Install Java 17 or newer, or set JAVA_HOME to one.
exit /b 2

:search
for %%j in (java.exe) do set "iplb_java=%%~$PATH:j"
if not "%iplb_java%" == "" goto start
>&2 echo iplb: iplb runs on Java, and there is no java.exe on the PATH. Install Java 17 or newer, or set JAVA_HOME to one.
exit /b 2

:start
"%iplb_java%" -XX:+IgnoreUnrecognizedVMOptions -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp "%~dp0..\iplb.jar" io.jenkins.plugins.iplb.cli.Iplb %*
set "iplb_code=%ERRORLEVEL%"
if not "%iplb_code%" == "1" exit /b %iplb_code%

rem The command itself never ends with 1: a Java that is too old does, since it cannot load it.
set "iplb_version="
for /f "tokens=2,3" %%a in ('call "%iplb_java%" -version 2^>^&1') do if "%%a" == "version" set "iplb_version=%%~b"
if not defined iplb_version exit /b 1
set "iplb_major=0"
for /f "delims=.-+_" %%m in ("%iplb_version%") do set "iplb_major=%%m"
if %iplb_major% GEQ 17 exit /b 1
>&2 echo iplb: iplb runs on Java 17 or newer, and "%iplb_java%" is Java %iplb_version%. Install Java 17 or newer, or set JAVA_HOME to one.
exit /b 2
