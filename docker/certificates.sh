#!/usr/bin/env bash
# Certificates for the three nodes of EventStoreDB, in the container of es-gencert-cli: an authority in /authority, its
# certificate in /certificates/ca, and each node's certificate and key in a folder of its own. Each folder is a volume, so that
# nobody sees a key that is not his. What is there already stays; delete a node's key to have a new pair made.
set -euo pipefail

# Owner and mode are set before a file is seen under its name; the one who runs this may then change what is no longer root's.
give() {
  local mode=$1 from=$2 to=$3
  cp "$from" "$to.part"
  chmod "$mode" "$to.part"
  chown 1000:1000 "$to.part"
  mv -f "$to.part" "$to"
}

umask 077
if [ ! -f /authority/ca/ca.key ]; then
  es-gencert-cli create-ca -days 3650 -out /authority/ca
fi
give 644 /authority/ca/ca.crt /certificates/ca/ca.crt

for node in eventstore-1 eventstore-2 eventstore-3; do
  if [ ! -f "/certificates/$node/node.key" ]; then
    # Elsewhere first: es-gencert-cli overwrites nothing, and half a pair may be left from a run that was cut off.
    made=$(mktemp -d)
    es-gencert-cli create-node -days 730 -ca-certificate /authority/ca/ca.crt -ca-key /authority/ca/ca.key \
      -out "$made/pair" -ip-addresses 127.0.0.1 -dns-names "$node,localhost"
    give 644 "$made/pair/node.crt" "/certificates/$node/node.crt"
    give 600 "$made/pair/node.key" "/certificates/$node/node.key"
    rm -rf "$made"
  fi
done
