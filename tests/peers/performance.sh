#!/usr/bin/env bash
# Times reading and evaluation beside a plain scan and DuckDB, on one large synthetic log and
# on a public log. Needs: GNU time, a release build (`cargo build --release -p proof`) and,
# for DuckDB, the packages of requirements.txt.
#
#   tests/peers/performance.sh [EVENTS] [FOLDER FOR LARGE FILES]
set -euo pipefail
cd "$(dirname "$0")/../.."
events=${1:-10000000}
folder=${2:-$(mktemp -d)}
proof=target/release/proof
csv=$folder/synthetic-$events.csv
[ -e "$csv" ] || "$proof" synthetic "$events" "$csv"
timed() { /usr/bin/time -f 'CPU %U + %S s, wall %e s, peak %M kB' "$@"; }
echo "== plain scan"
timed "$proof" floor "$csv"
echo "== Dijkwacht"
rm -rf "$folder/snapshot"
timed "$proof" speed "$csv" "$folder/snapshot"
echo "== Dijkwacht, an XES of 561,470 events with all attributes"
fines=../shared/data/eventlogs/road_traffic_fines.xes.gz
if [ -e "$fines" ]; then
    rm -rf "$folder/fines"
    timed "$proof" speed "$fines" "$folder/fines"
else
    echo "skipped: $fines is not there"
fi
echo "== DuckDB"
if python3 -c 'import duckdb' 2> /dev/null; then
    timed python3 tests/peers/timing.py "$csv"
else
    echo "skipped: the Python package duckdb is not installed"
fi
