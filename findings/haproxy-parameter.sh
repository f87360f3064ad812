#!/usr/bin/env bash
# HAProxy compares parameters and cookies of a request as they were sent, not decoded.
#
# Expected: the parameter q of ?q=two%20words, as of ?q=two+words, is "two words".
# Seen: `urlp` is "two%20words" and "two+words"; `is "two words"` matches neither, and no pattern that a person would write
# matches both. `url_dec` has to be asked for.
# So: a rule on a parameter counts for one spelling. Whoever tries a rule tries it with both, and with letters that are not ASCII.
. "$(dirname "$(readlink -f "$0")")/common.sh"

debian haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1

cat >haproxy.cfg <<EOF
$defaults
frontend http
  mode http
  bind 127.0.0.1:18084
  http-request set-var(txn.is) bool(true) if { urlp(q) -m str "two words" }
  http-request set-var(txn.decoded) bool(true) if { urlp(q),url_dec(1) -m str "two words" }
  http-request return status 200 content-type text/plain lf-string "%[urlp(q)]: is %[var(txn.is)], url_dec %[var(txn.decoded)]\n"
EOF
start_haproxy haproxy.cfg 18084

expect "$(haproxy -v | grep -o 'version 2.6.12')
$(curl -s 'http://127.0.0.1:18084/?q=two%20words')
$(curl -s 'http://127.0.0.1:18084/?q=two+words')" <<'EOF'
version 2.6.12
two%20words: is , url_dec 1
two+words: is , url_dec 1
EOF
