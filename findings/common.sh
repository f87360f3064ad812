# shellcheck shell=bash disable=SC2034
# What the findings have in common: a folder that is gone in the end, with Debian's packages unpacked in it, and the
# comparison of what is seen with what was seen.
set -euo pipefail

work=$(mktemp -d)
trap 'xargs -r kill <"$work/started" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"
touch started

debian() { # packages
  apt-get -qq update
  mkdir debs && (cd debs && apt-get -qq -o APT::Sandbox::User=root download "$@" >/dev/null)
  for package in debs/*.deb; do dpkg-deb -x "$package" root; done
}

libraries() { # group:artifact:version of each; they and what they need will be in libraries/
  {
    echo '<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version><dependencies>'
    printf '%s\n' "$@" |
      sed 's#\(.*\):\(.*\):\(.*\)#<dependency><groupId>\1</groupId><artifactId>\2</artifactId><version>\3</version></dependency>#'
    echo '</dependencies></project>'
  } >pom.xml
  mvn -q -B -Dstyle.color=never dependency:copy-dependencies -DoutputDirectory=libraries
}

haproxy() { # arguments
  LD_LIBRARY_PATH=$(echo "$work"/root/usr/lib/*-linux-gnu*) "$work/root/usr/sbin/haproxy" "$@"
}

start_haproxy() { # configuration, a port of it
  env LD_LIBRARY_PATH="$(echo "$work"/root/usr/lib/*-linux-gnu*)" "$work/root/usr/sbin/haproxy" -f "$1" &
  echo $! >>"$work/started"
  for _ in $(seq 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null && return
    read -rt 0.1 <> <(:) || :
  done
  echo "nothing listens on port $2" >&2
  exit 1
}

certificate() { # name of the files, names of the hosts as openssl takes them
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/O=$1" \
    -addext "subjectAltName=$2" -keyout "$1.key" -out "$1.crt" 2>/dev/null
  cat "$1.crt" "$1.key" >"$1.pem"
}

# The first line of what was seen is the version.
expect() { # what was seen
  diff <(printf '%s\n' "$1") - || {
    echo "$(basename "$0"): what is seen (<) is not what was seen (>)" >&2
    exit 1
  }
  printf '%s\n' "$1"
}

defaults='defaults
  timeout connect 5s
  timeout client 5s
  timeout server 5s'
