#!/usr/bin/env bash
# HAProxy reads every authority that the system trusts, each time it starts, checks or loads a configuration, TLS in it or not.
#
# Expected: authorities are read where something is verified against them: a configuration with plain http alone opens none.
# Seen: each of the files of the system's folder of authorities is opened at each `haproxy -c`, for an HTTP client inside of
# HAProxy that only Lua uses; `httpclient.ssl.verify none` in the section global opens none. With Debian's 144 files that
# is about half of the processor's time of a check or a reload of a small configuration.
# So: who reloads often, or runs many checks (a test suite, a sidecar), says `httpclient.ssl.verify none` unless Lua asks for https.
. "$(dirname "$(readlink -f "$0")")/common.sh"

debian haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 strace libunwind8

authorities=/usr/lib/ssl/certs # where Debian's OpenSSL looks
compgen -G "$authorities/*.pem" >/dev/null || { echo "it takes Debian's package ca-certificates" >&2; exit 1; }

read_at_check() { # a line of the section global
  printf 'global\n  %s\n%s\nlisten site\n  mode http\n  bind 127.0.0.1:18084\n' "$1" "$defaults" >haproxy.cfg
  LD_LIBRARY_PATH=$(echo "$work"/root/usr/lib/*-linux-gnu*) \
    "$work/root/usr/bin/strace" -f -e trace=openat -o opened.txt "$work/root/usr/sbin/haproxy" -c -f haproxy.cfg
  opened=$(grep -o "\"$authorities/[^\"]*.pem\"" opened.txt | sort -u | wc -l)
  echo "$((100 * opened / $(find "$authorities/" -name '*.pem' | wc -l))) % of the authorities are read"
}

expect "$(haproxy -v | grep -o 'version 2.6.12')
$(read_at_check 'maxconn 100')
$(read_at_check 'httpclient.ssl.verify none')" <<'EOF'
version 2.6.12
Configuration file is valid
100 % of the authorities are read
Configuration file is valid
0 % of the authorities are read
EOF
