#!/usr/bin/env bash
# Certificates for the three nodes of EventStoreDB, in the container of es-gencert-cli: an authority in /authority, and in
# /certificates its certificate and each node's. What is there already stays; delete a node's folder to have a new one made.
set -euo pipefail

mkdir -p /certificates/ca
if [ ! -f /authority/ca/ca.key ]; then
  es-gencert-cli create-ca -days 3650 -out /authority/ca
fi
cp /authority/ca/ca.crt /certificates/ca/ca.crt

for node in eventstore-1 eventstore-2 eventstore-3; do
  if [ ! -f "/certificates/$node/node.key" ]; then
    es-gencert-cli create-node -days 730 -ca-certificate /authority/ca/ca.crt -ca-key /authority/ca/ca.key \
      -out "/certificates/$node" -ip-addresses 127.0.0.1 -dns-names "$node,localhost"
  fi
done

chown -R 1000:1000 /certificates
find /certificates -type d -exec chmod 755 {} +
find /certificates -name '*.crt' -exec chmod 644 {} +
find /certificates -name '*.key' -exec chmod 600 {} +
