#!/usr/bin/env bash
# One backup: a dump of PostgreSQL that pg_restore reads, and the erasures that stand beside it. The server key is not in it:
# it is kept elsewhere. Only a dump that can be listed counts, and only then is the mark touched.
# Where EVENTSTORE_URL is set, the log is in EventStoreDB and NOT in this dump: the volumes of its nodes have a backup of their
# own (docs/runbook.md), made after this one. The mark, and so the alert BackupOld, tells the age of this dump alone.
set -euo pipefail
umask 077

stamp=$(date -u +%Y%m%dT%H%M%SZ)
part="/backups/.peitao-$stamp.part"
trap 'rm -f "$part"' EXIT

pg_dump --format=custom --file="$part"
pg_restore --list "$part" >/dev/null
if [ -f /data/erasures.jsonl ]; then
  cp /data/erasures.jsonl "/backups/peitao-$stamp.erasures.jsonl"
fi
mv "$part" "/backups/peitao-$stamp.dump"
touch /data/last-backup
echo "peitao-$stamp.dump"
