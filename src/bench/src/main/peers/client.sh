# How one calls OVH's API with curl and openssl: a signature for each call, and a connection of its own.

api=https://localhost:$PORT/1.0
service=/ipLoadbalancing/$SERVICE
skew=$(($(curl -sf "$api/auth/time") - $(date +%s)))

call() { # method, path, body
  local body=${3:-} time signature
  time=$(($(date +%s) + skew))
  signature=$(printf %s "$OVH_APPLICATION_SECRET+$OVH_CONSUMER_KEY+$1+$api$2+$body+$time" | openssl dgst -sha1 -r)
  curl -sf -X "$1" "$api$2" ${body:+-d "$body"} -H 'Content-Type: application/json' \
    -H "X-Ovh-Application: $OVH_APPLICATION_KEY" -H "X-Ovh-Consumer: $OVH_CONSUMER_KEY" \
    -H "X-Ovh-Timestamp: $time" -H "X-Ovh-Signature: \$1\$${signature%% *}"
}

ids() { # path of a list
  call GET "$1" | tr -d '[]' | tr , ' '
}

field() { # name, of the JSON on the standard input: numbers and short texts
  sed "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/"
}
