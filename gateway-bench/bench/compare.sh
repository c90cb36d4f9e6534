#!/usr/bin/env bash
# Measures direct, nginx and Tollgate side by side in one run: the proxy pinned to one core, load and mock provider on
# another. A full run writes its figures to docs/performance.md. --help lists the options.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
for part in options tools processes scenarios report; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

parse_options "$@"
check_tools
out="$root/gateway-bench/target/compare"
mkdir -p "$out"
results="$out/results.tsv"
: >"$results"
trap stop_everything EXIT
trap 'exit 130' INT TERM

ulimit -n 16384 2>/dev/null || ulimit -n "$(ulimit -Hn)" # 1,000 streams take three descriptors each
build_tools
check_ports
start_mock
choose_targets
start_proxies
warm_up
start_profile
for scenario in throughput latency sse streams; do
    if wants "$scenario"; then
        run_rounds "$scenario"
    fi
done
stop_profile
describe_run >"$out/about.md"
stop_proxies
if wants hits; then
    measure_hits
fi
if wants startup; then
    measure_startup
fi
{ cat "$out/about.md"; write_table; } >"$out/report.md"
cat "$out/report.md"
publish
exit "$(verdict)"
