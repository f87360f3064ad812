# How the iplb command comes to a Java, in a checkout and in a release. It is read after start.sh.
# shellcheck disable=SC2154 # which sets java, problem and install

need_java() {
  wanted=java source=''
  [ -z "$JAVA_HOME" ] || wanted=$JAVA_HOME/bin/java source=' (JAVA_HOME names it)'
  find_java iplb "$wanted" "$source" || {
    echo "iplb: $problem. $install, or set JAVA_HOME to one." >&2
    exit 2
  }
}

# need_java has been called for it.
start_iplb() { # the jar, what tells it from all others, arguments…
  jar=$1 id=$2
  shift 2
  start_java "$java" "${HOME:-/nowhere}/.cache/ovh-iplb" "$id" "$jar" io.jenkins.plugins.iplb.cli.Iplb "$@"
}
