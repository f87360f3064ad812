#!/usr/bin/env bash
# HAProxy looks at every parameter of a name when a condition asks for one, and at the first when a variable does.
#
# Expected: `url_param(q)` is the first parameter q, as the manual has it, wherever it stands.
# Seen: in a condition it is each of them, one after the other: a later one matches. A variable, or a header made of it, has the first.
# So: "only the first one is taken into account", as OVH has it of `param`, takes a variable.
. "$(dirname "$(readlink -f "$0")")/common.sh"

debian haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1

cat >haproxy.cfg <<EOF
$defaults
frontend http
  mode http
  bind 127.0.0.1:18081
  http-request set-var(txn.q) url_param(q)
  http-request set-var(txn.condition) bool(true) if { url_param(q) -m str two }
  http-request set-var(txn.variable) bool(true) if { var(txn.q) -m str two }
  http-request return status 200 content-type text/plain lf-string "the parameter: %[url_param(q)]\nin a condition it is two: %[var(txn.condition)]\nby way of a variable: %[var(txn.variable)]\n"
EOF
start_haproxy haproxy.cfg 18081

expect "$(haproxy -v | grep -o 'version 2.6.12')
$(curl -s 'http://127.0.0.1:18081/?q=one&q=two')" <<'EOF'
version 2.6.12
the parameter: one
in a condition it is two: 1
by way of a variable: 
EOF
