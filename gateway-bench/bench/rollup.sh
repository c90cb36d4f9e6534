#!/usr/bin/env bash
# rollup.sh [ROWS]: writes a month with that many rows (1,000,000) and times questions about it, from roll-ups and from rows.
# 10,000,000 rows need some minutes and 3 GB of disk.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec mvn -B -ntp -q test -pl gateway-budget -am -Dtest=MillionsOfRowsTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtollgate.rows="${1:-1000000}"
