#!/usr/bin/env bash
# What routing, caps and shaping add to a request of 2 KB, end to end: two gateways on one core, one with a rule, a cap
# and all shaping, one without, take the same conversation at the same rate in turns. --help lists the options.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
for part in tools processes; do
    # shellcheck source=/dev/null
    . "$here/lib/$part.sh"
done

usage() {
    cat <<'TEXT'
gateway-bench/bench/shaping.sh [options]
  --rate N           requests a second (default 500); 0 for as many as can be
  --rounds N         of both gateways in turns, the median counts (default 15)
  --seconds N        length of a measured window (default 2)
  --warm-up N        seconds of load before either is measured (default 20)
  --body N           bytes of the request (default 2048)
  --port N           first of five ports on loopback (default 18420)
  --tollgate FILE    the launcher (default ./tollgate of this checkout)
TEXT
}

say() {
    echo "shaping.sh: $*" >&2
}

rate=500 rounds=15 seconds=2 warm=20 body=2048 base_port=18420 launcher="$root/tollgate"
proxy_core=0 load_core=1 only_proxy=tollgate profile=''
while [ $# -gt 0 ]; do
    case "$1" in
        --help | -h) usage; exit 0 ;;
        --rate) rate=$2 ;;
        --rounds) rounds=$2 ;;
        --seconds) seconds=$2 ;;
        --warm-up) warm=$2 ;;
        --body) body=$2 ;;
        --port) base_port=$2 ;;
        --tollgate) launcher=$2 ;;
        *) say "unknown option $1"; usage >&2; exit 2 ;;
    esac
    shift 2
done
mock_port=$base_port nginx_port=$((base_port + 1)) tollgate_port=$((base_port + 2))
admin_port=$((base_port + 3)) start_port=$((base_port + 4))
mode=rate
[ "$rate" -gt 0 ] || mode=closed
out="$root/gateway-bench/target/shaping"
mkdir -p "$out"
trap 'stop_one plain; stop_one shaped; stop_one mock' EXIT
trap 'exit 130' INT TERM

start_gateway() { # NAME PORT ADMIN-PORT; its configuration on standard input
    { printf 'providers:\n  openai: {dialect: openai, base_url: "http://127.0.0.1:%s"}\n' "$mock_port"; cat; } >"$out/$1.yaml"
    rm -rf "${out:?}/$1"
    taskset -c "$proxy_core" "$launcher" serve --config "$out/$1.yaml" --port "$2" --admin-port "$3" --data "$out/$1" \
        >"$out/$1.log" 2>&1 &
    pid_of[$1]=$!
    port_of[$1]=$2
    await_port "$1" "$2" 60
}

load() { # MODE NAME SECONDS
    run_load "$1" --rate "$((rate > 0 ? rate : 1))" --connections 16 --body "$body" --chat --port "${port_of[$2]}" --warmup 0.5 \
        --seconds "$3" --pids "$(pids "$2")"
}

check_tools
build_tools
check_ports
"$launcher" --version >/dev/null
start_mock
start_gateway plain "$nginx_port" "$start_port" </dev/null
start_gateway shaped "$tollgate_port" "$admin_port" <<YAML
routing:
  - {name: cheaper, when: {model: [gpt-4o-mini], complexity: simple}, use: [gpt-4.1-nano]}
  - {name: same, when: {model: [gpt-4o-mini], complexity: complex}, use: [gpt-4.1-nano]}
output: {default: 1k, learn: {enabled: true}}
shaping:
  history: {max_turns: 5}
  trim: {enabled: true}
  truncate: {max_input_tokens: $((body / 8)), strategy: relevant}
YAML
for gateway in plain shaped; do
    say "warming up $gateway"
    load closed "$gateway" "$warm" >/dev/null
done
: >"$out/results.tsv"
for round in $(seq "$rounds"); do
    for gateway in plain shaped; do
        figures=$(load "$mode" "$gateway" "$seconds") || say "round $round of $gateway: not every answer was right"
        say "$round $gateway: $figures"
        for pair in $figures; do
            printf '%s\t%s\t%s\t%s\n' "$gateway" "$round" "${pair%%=*}" "${pair#*=}" >>"$out/results.tsv"
        done
    done
done
echo "levers: $(curl -sS "http://127.0.0.1:$admin_port/metrics" | grep -o 'tollgate_shaping_shaped_requests_total{[^}]*} [0-9.E]*' |
    sed 's/.*lever="\([a-z]*\)"[^}]*}/\1/' | paste -sd, | sed 's/,/, /g')"
awk -F '\t' '
    { value[$1, $3, $2] = $4; rounds = $2 > rounds ? $2 : rounds }
    function median(values, n,    i, j, swap) {
        for (i = 2; i <= n; i++) {
            for (j = i; j > 1 && values[j] < values[j - 1]; j--) {
                swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap
            }
        }
        return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
    }
    function line(name, label,    i) {
        for (i = 1; i <= rounds; i++) {
            plain[i] = value["plain", name, i] + 0
            shaped[i] = value["shaped", name, i] + 0
            more[i] = shaped[i] - plain[i]
        }
        printf "| %s | %.0f µs | %.0f µs | %.0f µs |\n", label, median(plain, rounds), median(shaped, rounds), median(more, rounds)
    }
    END {
        print "| medians of " rounds " rounds | without | with | difference |\n|---|---|---|---|"
        line("cpu_us_per_request", "CPU per request")
        line("p50_us", "median time")
    }' "$out/results.tsv"
