#!/usr/bin/env bash
# Prints the whole configuration of a load balancer, object by object.
set -euo pipefail
. "$(dirname "$0")/client.sh"

call GET "$service"
for protocol in http tcp; do
  for kind in farm frontend route; do
    for id in $(ids "$service/$protocol/$kind"); do
      call GET "$service/$protocol/$kind/$id"
      [ "$kind" != farm ] || for server in $(ids "$service/$protocol/farm/$id/server"); do
        call GET "$service/$protocol/farm/$id/server/$server"
      done
    done
  done
done
