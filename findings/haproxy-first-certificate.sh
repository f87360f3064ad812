#!/usr/bin/env bash
# Of two certificates for one name HAProxy serves the one that stands first, an expired one too.
#
# Expected: the valid certificate is served, or the newer one; or the check of the configuration warns.
# Seen: the first is served, although it has expired and the second for the same name has not; `haproxy -c` says nothing.
# So: a certificate that is added beside its predecessor is not served until the predecessor is gone or the frontend names
# the new one; that the new one is there proves nothing: look at what a new connection shows.
. "$(dirname "$(readlink -f "$0")")/common.sh"

debian haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1

certificate new DNS:shop.example
# Signed with dates of the past: `req -x509` has no option for that.
openssl req -new -key new.key -subj /O=expired -addext subjectAltName=DNS:shop.example -out expired.csr
touch index.txt
printf '[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nrand_serial=yes\nnew_certs_dir=.\ndefault_md=sha256\npolicy=any\ncopy_extensions=copy\n[any]\norganizationName=supplied\n' >ca.cnf
openssl ca -batch -config ca.cnf -selfsign -keyfile new.key -in expired.csr -out expired.crt -notext \
  -startdate 20200101000000Z -enddate 20200201000000Z 2>/dev/null
cat expired.crt new.key >expired.pem

served() { # certificates in order
  cat >haproxy.cfg <<EOF
$defaults
frontend https
  mode http
  bind 127.0.0.1:$3 ssl crt $work/$1.pem crt $work/$2.pem
  http-request return status 200
EOF
  haproxy -c -f haproxy.cfg
  start_haproxy haproxy.cfg "$3" >/dev/null
  openssl s_client -connect "127.0.0.1:$3" -servername shop.example </dev/null 2>/dev/null | sed -n "s/^subject=/$1 before $2: /p"
}

expect "$(haproxy -v | grep -o 'version 2.6.12')
$(served expired new 18082)
$(served new expired 18083)" <<'EOF'
version 2.6.12
Configuration file is valid
expired before new: O = expired
Configuration file is valid
new before expired: O = new
EOF
