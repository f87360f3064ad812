#!/usr/bin/env bash
# Makes sure of a route and its rule, all by names. Prints whether it had to. With a URL it goes on to the end of OVH's guide:
# refreshes, waits until that is done, and asks the URL over HTTP/2.
set -euo pipefail
. "$(dirname "$0")/client.sh"

frontend_name=$1 farm_name=$2 route_name=$3 pattern=$4 url=${5:-}
tcp=$service/tcp

named() { # kind, name: its id and the whole object
  local id object
  for id in $(ids "$tcp/$1"); do
    object=$(call GET "$tcp/$1/$id")
    case $object in
      *"\"displayName\":\"$2\""*)
        echo "$id $object"
        return
        ;;
    esac
  done
}

frontend=$(named frontend "$frontend_name")
farm=$(named farm "$farm_name")
route=$(named route "$route_name")
changed='nothing to change'
if [ -z "$route" ]; then
  route=$(call POST "$tcp/route" "{\"displayName\":\"$route_name\",\"frontendId\":${frontend%% *},\"action\":{\"type\":\"farm\",\"target\":\"${farm%% *}\"}}")
  route="$(field routeId <<<"$route") $route"
  changed=changed
fi
case $route in
  *"\"pattern\":\"$pattern\""*) ;;
  *)
    call POST "$tcp/route/${route%% *}/rule" "{\"field\":\"protocol\",\"match\":\"is\",\"pattern\":\"$pattern\"}" >/dev/null
    changed=changed
    ;;
esac
echo "$changed"
[ -n "$url" ] || exit 0

task=$(call POST "$service/refresh" | field id)
until [ "$(call GET "$service/task/$task" | field status)" = done ]; do
  sleep 1
done
version=$(curl -sf --http2 --connect-to "::$CONNECT_TO" -o /dev/null -w '%{http_version}' "$url")
echo "HTTP/$version"
[ "$version" = 2 ]
