#!/bin/sh
# Fills a ledger with 10,000 partitions and measures the commands that read it, the start of their process included.
# Needs a build (dotnet build -c Release, or CONFIGURATION=debug) and, for PostgreSQL, its server programs of version 15 or later in /usr/lib/postgresql.
#   ledger.sh sqlite|postgresql [runs]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program="$here/../../artifacts/bin/TypedPipelines.LedgerTarget/${CONFIGURATION:-release}/TypedPipelines.LedgerTarget"
runs=${2:-3}
work=$(mktemp -d)
case "$1" in
sqlite)
    connection="Data Source=$work/ledger.db"
    trap 'rm -rf "$work"' EXIT
    ;;
postgresql)
    tools=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
    as() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$*"; else sh -c "$*"; fi; }
    [ "$(id -u)" != 0 ] || chown postgres "$work"
    port=$((20000 + $$ % 20000))
    as "$tools/initdb -D $work/data -U postgres -A trust -E UTF8 --locale=C.UTF-8" >/dev/null
    as "$tools/pg_ctl -D $work/data -w -l $work/log -o '-c listen_addresses=127.0.0.1 -p $port -k $work' start" >/dev/null
    trap 'as "$tools/pg_ctl -D $work/data -m immediate stop" >/dev/null; rm -rf "$work"' EXIT
    connection="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
    ;;
*)
    echo "ledger.sh sqlite|postgresql [runs]" >&2
    exit 2
    ;;
esac
export TYPEDPIPELINES__DESTINATION="$1" TYPEDPIPELINES__CONNECTION="$connection"
timed() {
    start=$(date +%s.%N)
    "$program" "$@" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
    end=$(date +%s.%N)
    echo "$end $start" | awk -v what="$*" '{ printf "%-45s %6.2f s\n", what, $1 - $2 }'
}
timed backfill --yes --quiet --parallel 4
# A tenth is loaded a second time, so that the ledger has runs besides those that count.
timed backfill --from 1999-01-01 --to 2001-09-26 --force --yes --quiet --parallel 4
for _ in $(seq "$runs"); do
    timed plan
    timed status
    timed status --partitions
    timed plan readings --explain 2012-06-01
    timed late
    timed report --output "$work/report.html"
done
ls -l "$work/report.html" | awk '{ print "report.html", $5, "bytes" }'
