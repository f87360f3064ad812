# How the iplb command and the modules of the collection start Java: quick to be ready rather than quick in the long run.
# The command of a checkout reads this file; the build puts it into the command of a release, and into the modules.
#
# What takes longest is to load classes. So Java is given an archive of those that it will load, which is made after the
# first start, by a run that nobody waits for. An archive is good for one Java and one jar, and its name says both. That
# there is none, or that it cannot be made, costs time and nothing else.

needed=17
# shellcheck disable=SC2034 # whoever refuses says it
install="Install Java $needed or newer (Debian, Ubuntu: openjdk-17-jre-headless or openjdk-21-jre-headless; Fedora, RHEL: java-21-openjdk-headless)"

# Finds a Java that will do: sets java, and what know_java sets. Where there is none it fails, and problem says why.
# shellcheck disable=SC2034 # whoever refuses says it
find_java() { # what runs on it, the program that is wanted, who names it
  { java=$(command -v "$2") && [ -f "$java" ] && [ -x "$java" ]; } || {
    problem="$1 runs on Java, and there is no program $2 on $(uname -n)$3"
    return 1
  }
  know_java "$java"
  [ -n "$version" ] || version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  major=${version%%[!0-9]*}
  [ "${major:-0}" -ge "$needed" ] || {
    problem="$1 runs on Java $needed or newer, and $java on $(uname -n) is Java ${version:-of a version that it does not tell}$3"
    return 1
  }
}

# Prints the file behind a name, which may be a link to a link. Not every readlink knows -f.
behind() { # the name, with a folder
  readlink -f "$1" 2>/dev/null && return
  file=$1
  while [ -L "$file" ]; do
    link=$(readlink "$file")
    case $link in
      /*) file=$link ;;
      *) file=${file%/*}/$link ;;
    esac
  done
  printf '%s\n' "$file"
}

# Tells what a Java is: sets version, build and major. It says so in a file; to ask it takes longer than many a command.
know_java() { # the java program
  version='' build='' major=''
  program=$1
  [ ! -L "$program" ] || program=$(behind "$program")
  while IFS='="' read -r name _ value; do
    case $name in
      JAVA_VERSION) version=$value ;;
      JAVA_RUNTIME_VERSION) build=$value ;;
    esac
  done 2>/dev/null <"${program%/bin/java}/release"
  major=${version%%[!0-9]*}
}

# Becomes Java. know_java has been called for it.
start_java() { # the java program, the folder for archives, what tells the jar from all others, the jar, the main class, its arguments…
  java=$1 archives=$2 archive=$2/$build-$3.jsa jar=$4
  shift 3
  # By the locale Java reads arguments, variables and the names of files: they are UTF-8, in a job without a locale too.
  { export LC_ALL=C.UTF-8; } 2>/dev/null # where there is none, bash says so
  set -- -cp "$@"
  # Of two garbage collectors Java takes neither.
  case $JAVA_TOOL_OPTIONS$_JAVA_OPTIONS$JDK_JAVA_OPTIONS in
    *GC*) ;;
    *) set -- -XX:+UseSerialGC "$@" ;;
  esac
  # The locale data that starts quicker, about which Java 21 begins to complain; and no code made for what is called by
  # reflection a few times.
  [ "${major:-21}" -ge 21 ] || set -- -Djava.locale.providers=COMPAT -Dsun.reflect.inflationThreshold=1000000 "$@"
  # Silent: only the program itself may print anything. A heap that is small at first makes a small process; large pages,
  # which not every system has, are quicker to get than many small ones. An archive stays where it was made for: to move it,
  # as Java does by default, takes a third of a short start.
  set -- -Xshare:auto -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -Xlog:disable -XX:+DisplayVMOutputToStderr \
    -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=2 -XX:-UsePerfData -Xms12m -XX:NewSize=8m \
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UseTransparentHugePages "$@"

  case $build:$archive in
    :* | *:*:*) exec "$java" "$@" ;; # a Java that nobody knows; a name that Java would take for two
  esac
  # shellcheck disable=SC3013,SC3067 # not in the standard, but in every sh there is
  if [ -O "$archive" ] && [ "$archive" -nt "$jar" ]; then
    start_from_archive "$@"
  else
    make_archive >/dev/null 2>&1 </dev/null &
    exec "$java" "$@"
  fi
}

# A damaged archive can end Java by a signal, as soon as it starts.
start_from_archive() { # as Java takes them
  # Some shells give what goes on beside them nothing to read, whatever <&0 says. A standard input may be closed, too.
  if { true 3<&0; } 2>/dev/null; then exec 3<&0; else exec 3</dev/null; fi
  "$java" "-XX:SharedArchiveFile=$archive" -XX:+SuppressFatalErrorMessage "$@" <&3 3<&- &
  child=$! stopped=''
  trap 'stopped=129; kill -TERM $child' HUP
  trap 'stopped=130; kill -TERM $child' INT # which the shell has its child ignore
  trap 'stopped=143; kill -TERM $child' TERM
  wait $child 2>/dev/null # without the word of the shell on how it ended
  code=$?
  while [ -n "$stopped" ] && kill -0 $child 2>/dev/null; do
    wait $child 2>/dev/null
    code=$?
  done
  [ -z "$stopped" ] || exit "$stopped"
  trap - HUP INT TERM
  case $code in
    132 | 134 | 135 | 136 | 139) # SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV
      rm -f "$archive"
      exec "$java" "$@"
      ;;
  esac
  exit "$code"
}

# Takes seconds, and fails where it may. It is tried once a day, by one process: what a try that failed leaves says so.
make_archive() {
  # shellcheck disable=SC3067
  (umask 077 && mkdir -p "$archives") && [ -O "$archives" ] || return
  # What a Java, a jar or an accident has left.
  find "$archives" -maxdepth 1 ! -path "$jar" \( \( -name '*.jsa' -o -name '*.jar*' \) -mtime +90 -o -name '*.jsa.try' -mmin +1440 \) \
    -exec rm -rf {} +
  try=$archive.try
  mkdir "$try" || return
  trap '' HUP INT
  unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS
  # shellcheck disable=SC3045 # where there is none, the folder is gone all the same
  ulimit -c 0 2>/dev/null
  cd "$try" || return
  list=io.jenkins.plugins.iplb.process.ClassList
  umask 077
  nice "$java" -cp "$jar" $list >classes &&
    nice "$java" -Xshare:dump -XX:SharedClassListFile=classes -XX:SharedArchiveFile=archive -XX:+UseG1GC -cp "$jar" &&
    # A start from it, before others do.
    nice "$java" -Xshare:auto -XX:SharedArchiveFile=archive -XX:+UseSerialGC -cp "$jar" $list >again &&
    cmp classes again &&
    chmod 600 archive && mv -f archive "$archive" &&
    rm -rf "$try"
}
