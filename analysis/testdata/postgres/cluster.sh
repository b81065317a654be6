# Runs a PostgreSQL in a new folder for as long as standard input stays open.
# The first argument is the folder of its programs. It listens on a socket only.
set -eu
folder=$(mktemp -d /tmp/postgres-XXXXXX)
stop() {
  [ ! -f "$folder/data/postmaster.pid" ] || "$1/pg_ctl" stop --pgdata="$folder/data" --mode=immediate >>"$folder/log" 2>&1
  rm -rf "$folder"
}
trap 'stop "$1"' EXIT
trap 'exit 1' INT TERM HUP
"$1/initdb" --pgdata="$folder/data" --username=proofs --auth=trust --encoding=UTF8 --no-locale --no-sync >"$folder/log"
"$1/pg_ctl" start --wait --pgdata="$folder/data" --log="$folder/log" \
  --options="-k '$folder' -c listen_addresses= -c fsync=off -c max_connections=200" >&2 || { cat "$folder/log" >&2; exit 1; }
echo "ready $folder"
cat >/dev/null
