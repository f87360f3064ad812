#!/usr/bin/env bash
# `openssl x509 -checkhost` ends with 0 for a certificate of somebody else.
#
# Expected: as -checkend, which ends with 1 for a certificate that will have expired.
# Seen: it says "does NOT match certificate" and ends with 0, and so does -checkip.
# So: a deployment that asks `openssl x509 -checkhost … && install` installs any certificate: read what it says, or ask
# `openssl verify -verify_hostname`.
. "$(dirname "$(readlink -f "$0")")/common.sh"

debian openssl libssl3
openssl() {
  LD_LIBRARY_PATH=$(echo "$work"/root/usr/lib/*-linux-gnu*) "$work/root/usr/bin/openssl" "$@"
}
certificate shop DNS:shop.example
ends() { # arguments
  local code=0
  openssl "$@" 2>/dev/null || code=$?
  echo "ends with $code"
}

expect "$(openssl version | grep -o '^OpenSSL 3.0')
$(ends x509 -in shop.crt -noout -checkhost shop.example)
$(ends x509 -in shop.crt -noout -checkhost other.example)
$(ends x509 -in shop.crt -noout -checkip 192.0.2.1)
$(ends x509 -in shop.crt -noout -checkend 31536000)
$(ends verify -CAfile shop.crt -verify_hostname other.example shop.crt | tail -1)" <<'EOF'
OpenSSL 3.0
Hostname shop.example does match certificate
ends with 0
Hostname other.example does NOT match certificate
ends with 0
IP 192.0.2.1 does NOT match certificate
ends with 0
Certificate will expire
ends with 1
ends with 2
EOF
