#!/usr/bin/env bash
# HAProxy cuts a header at its commas before it compares it, whatever the header is: what has a comma matches nothing.
#
# Expected: a User-Agent that has "KHTML, like Gecko" in it contains "KHTML, like Gecko".
# Seen: `hdr` gives the parts between commas, one after the other. `contains` and `is` with a comma in the pattern never
# match; `startswith` matches what stands behind a comma. Only `req.fhdr` looks at the whole header.
# So: a rule on User-Agent, Accept, Date or X-Forwarded-For has a pattern without a comma, and `startswith` is no anchor.
. "$(dirname "$(readlink -f "$0")")/common.sh"

debian haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1

cat >haproxy.cfg <<EOF
$defaults
frontend http
  mode http
  bind 127.0.0.1:18081
  http-request set-var(txn.contains) bool(true) if { hdr(user-agent) -m sub "KHTML, like Gecko" }
  http-request set-var(txn.part) bool(true) if { hdr(user-agent) -m sub "KHTML" }
  http-request set-var(txn.is) bool(true) if { hdr(accept) -m str "text/html, text/plain" }
  http-request set-var(txn.startswith) bool(true) if { hdr(accept) -m beg "text/plain" }
  http-request set-var(txn.whole) bool(true) if { req.fhdr(accept) -m str "text/html, text/plain" }
  http-request return status 200 content-type text/plain lf-string "contains with a comma: %[var(txn.contains)]\ncontains without: %[var(txn.part)]\nis with a comma: %[var(txn.is)]\nstartswith what is behind a comma: %[var(txn.startswith)]\nreq.fhdr is: %[var(txn.whole)]\n"
EOF
start_haproxy haproxy.cfg 18081

expect "$(haproxy -v | grep -o 'version 2.6.12')
$(curl -s -A 'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko)' -H 'Accept: text/html, text/plain' http://127.0.0.1:18081/)" <<'EOF'
version 2.6.12
contains with a comma: 
contains without: 1
is with a comma: 
startswith what is behind a comma: 1
req.fhdr is: 1
EOF
