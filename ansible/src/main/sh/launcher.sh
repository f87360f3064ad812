#!/bin/sh
# WANT_JSON
# Runs a module: finds a Java that will do and starts the runtime of the collection on it. Every module is a copy of this
# file; which of them it is stands in the file of arguments, $1.
#
# IPLB_RUNTIME is the runtime's jar, IPLB_RUNTIME_ID tells it from all others, IPLB_JAVA is a Java to be used instead of
# JAVA_HOME's and the one on the PATH: the action plugin sets them.

# start.sh stands here, which the build puts in.

refuse() { # what is wrong
  problem=$(printf '%s' "$1" | tr -d '"\\[:cntrl:]')
  cat <<EOF
{"failed": true, "msg": "$problem. $install, or set ansible_java_interpreter or JAVA_HOME to one."}
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
find_java 'This module' "$wanted" "$source" || refuse "$problem"

start_java "$java" "${HOME:-/nowhere}/.ansible/iplb" "$IPLB_RUNTIME_ID" "$IPLB_RUNTIME" io.jenkins.plugins.iplb.ansible.Main "$1"
