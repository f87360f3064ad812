#!/usr/bin/env bash
# Makes sure of a route and its rule, all by names, as one writes it with curl: a signature for each call, and a
# connection of its own. Prints whether it had to.
set -euo pipefail

frontend_name=$1 farm_name=$2 route_name=$3 pattern=$4
api=https://localhost:$PORT/1.0
tcp=/ipLoadbalancing/$SERVICE/tcp

skew=$(($(curl -sf "$api/auth/time") - $(date +%s)))

call() { # method, path, body
  local body=${3:-} time signature
  time=$(($(date +%s) + skew))
  signature=$(printf %s "$OVH_APPLICATION_SECRET+$OVH_CONSUMER_KEY+$1+$api$2+$body+$time" | sha1sum)
  curl -sf -X "$1" "$api$2" ${body:+-d "$body"} -H 'Content-Type: application/json' \
    -H "X-Ovh-Application: $OVH_APPLICATION_KEY" -H "X-Ovh-Consumer: $OVH_CONSUMER_KEY" \
    -H "X-Ovh-Timestamp: $time" -H "X-Ovh-Signature: \$1\$${signature%% *}"
}

named() { # kind, name: its id and the whole object
  local id object
  for id in $(call GET "$tcp/$1" | tr -d '[]' | tr , ' '); do
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
  route="$(sed 's/.*"routeId":\([0-9]*\).*/\1/' <<<"$route") $route"
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
