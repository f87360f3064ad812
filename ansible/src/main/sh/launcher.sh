#!/bin/sh
# WANT_JSON
# Runs a module: finds a Java that will do and starts the runtime of the collection on it. Every module is a copy of this
# file; which of them it is stands in the file of arguments, $1.
#
# IPLB_RUNTIME is the runtime's jar, IPLB_RUNTIME_ID tells it from all others, IPLB_JAVA is a Java to be used instead of
# JAVA_HOME's and the one on the PATH: the action plugin sets them.

needed=17

refuse() { # what is wrong
  problem=$(printf '%s' "$1" | tr -d '"\\[:cntrl:]')
  cat <<EOF
{"failed": true, "msg": "$problem$source. Install Java $needed or newer (Debian, Ubuntu: openjdk-17-jre-headless or openjdk-21-jre-headless; Fedora, RHEL: java-21-openjdk-headless), or set ansible_java_interpreter or JAVA_HOME to one."}
EOF
  exit 1
}

if [ -n "$IPLB_JAVA" ]; then
  wanted=$IPLB_JAVA source=' (ansible_java_interpreter names it)'
elif [ -n "$JAVA_HOME" ]; then
  wanted=$JAVA_HOME/bin/java source=' (JAVA_HOME names it)'
else
  wanted=java source=
fi
case $wanted in
  \~/*) wanted=$HOME/${wanted#??} ;;
esac
{ java=$(command -v "$wanted") && [ -f "$java" ] && [ -x "$java" ]; } ||
  refuse "This module runs on Java, and there is no program $wanted on $(uname -n)"

# A Java says in a file what it is; to ask it takes longer than many a call.
home=$(readlink -f "$java")
home=${home%/bin/java}
version='' build=''
while IFS='="' read -r name _ value; do
  case $name in
    JAVA_VERSION) version=$value ;;
    JAVA_RUNTIME_VERSION) build=$value ;;
  esac
done 2>/dev/null <"$home/release"
[ -n "$version" ] || version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
major=${version%%[!0-9]*}
[ "${major:-0}" -ge "$needed" ] ||
  refuse "This module runs on Java $needed or newer, and $java on $(uname -n) is Java ${version:-of a version that it does not tell}"

# Quick to start rather than quick in the long run, and silent: nothing but the answer may be printed.
set -- -Xshare:auto -Xlog:disable -XX:+DisplayVMOutputToStderr -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=5 \
  -XX:-UsePerfData -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
  -cp "$IPLB_RUNTIME" io.jenkins.plugins.iplb.ansible.Main "$1"
# Of two garbage collectors Java takes neither.
case $JAVA_TOOL_OPTIONS$_JAVA_OPTIONS$JDK_JAVA_OPTIONS in
  *GC*) ;;
  *) set -- -XX:+UseSerialGC "$@" ;;
esac
# The locale data that starts quicker; Java 21 begins to complain about it.
[ "$major" -ge 21 ] || set -- -Djava.locale.providers=COMPAT "$@"

# What the first start has loaded is kept for the next ones. It is good for one Java and one runtime, which its name says
# both.
kept=$HOME/.ansible/iplb
archive=$kept/${build:-$version}-$IPLB_RUNTIME_ID.jsa
case $archive in
  *:*) exec "$java" "$@" ;; # Java would take it for two
esac
# shellcheck disable=SC3067 # not in the standard, but in every sh there is
[ -O "$archive" ] && exec "$java" "-XX:SharedArchiveFile=$archive" "$@"

case $0 in
  *iplb_check_http2) exec "$java" "$@" ;; # loads what the others do not, and little of what they do
esac
# shellcheck disable=SC3067
{ [ -n "$HOME" ] && (umask 077 && mkdir -p "$kept") && [ -O "$kept" ] && [ -w "$kept" ]; } 2>/dev/null || exec "$java" "$@"
new=$archive.$$
# There are Javas, and options in the environment, that do not start this way.
"$java" --dry-run "-XX:ArchiveClassesAtExit=$new" "$@" >/dev/null 2>&1 || {
  rm -f "$new"
  exec "$java" "$@"
}
"$java" "-XX:ArchiveClassesAtExit=$new" "$@"
code=$?
# Who fails has not come to what the others load.
if [ "$code" -eq 0 ]; then
  chmod 600 "$new" && mv -f "$new" "$archive"
else
  rm -f "$new"
fi 2>/dev/null
# What a Java, a runtime or an accident has left.
find "$kept" -type f \( -mtime +90 -o -name '*.jsa.*' -mtime +1 \) ! -path "$IPLB_RUNTIME" -exec rm -f {} + 2>/dev/null
exit $code
