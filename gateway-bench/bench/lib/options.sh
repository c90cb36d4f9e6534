# The command line, and what follows from it.

usage() {
    cat <<'TEXT'
gateway-bench/bench/compare.sh [options]
  --only LIST        of throughput,latency,sse,streams,hits,startup (default: all)
  --only-proxy NAME  nginx or tollgate (default: both; direct is always measured)
  --quick            one round with short windows: to try things, never published
  --rounds N         interleaved rounds, the median counts (default 3)
  --seconds N        length of a measured window (default 6)
  --warm-up N        seconds of load before Tollgate is measured, at each of 2 KB, 40 KB and streams (default 20)
  --temperature T    of the requests (default 0.7; "none" leaves it out; 0 makes answers cacheable by default)
  --proxy-core N, --load-core N   default 0 and 1
  --port N           first of five ports on loopback (default 18400)
  --tollgate FILE    the launcher (default ./tollgate of this checkout)
  --config FILE      Tollgate's configuration (default: config/tollgate.yaml, its OpenAI provider pointed at the mock)
  --profile KIND     jfr (Tollgate) or perf (each proxy), recorded over the measured scenarios into gateway-bench/target
  --write            publish to docs/performance.md even when not everything was measured
  --no-write         do not publish
  --check            exit 3 when a target is missed
TEXT
}

parse_options() {
    command_line="gateway-bench/bench/compare.sh${*:+ $*}"
    only=throughput,latency,sse,streams,hits,startup only_proxy='' rounds=3 seconds=6 warm=20 temperature=0.7
    proxy_core=0 load_core=1 base_port=18400 launcher="$root/tollgate" config='' profile='' write='' check=''
    local all=$only
    while [ $# -gt 0 ]; do
        case "$1" in
            --help | -h) usage; exit 0 ;;
            --quick) rounds=1 seconds=2 warm=6 write=${write:-no}; shift; continue ;;
            --write) write=yes; shift; continue ;;
            --no-write) write=no; shift; continue ;;
            --check) check=yes; shift; continue ;;
        esac
        [ $# -gt 1 ] || bad_usage "$1 needs a value, or is no option"
        case "$1" in
            --only) only=$2 ;;
            --only-proxy) only_proxy=$2 ;;
            --rounds) rounds=$2 ;;
            --seconds) seconds=$2 ;;
            --warm-up) warm=$2 ;;
            --temperature) temperature=$2 ;;
            --proxy-core) proxy_core=$2 ;;
            --load-core) load_core=$2 ;;
            --port) base_port=$2 ;;
            --tollgate) launcher=$2 ;;
            --config) config=$2 ;;
            --profile) profile=$2 ;;
            *) bad_usage "unknown option $1" ;;
        esac
        shift 2
    done
    local number
    for number in "$rounds" "$seconds" "$warm" "$proxy_core" "$load_core" "$base_port"; do
        [[ $number =~ ^[0-9]+$ ]] || bad_usage "$number is not a whole number"
    done
    [ "$rounds" -ge 1 ] && [ "$seconds" -ge 1 ] || bad_usage "--rounds and --seconds start at 1"
    local name
    for name in ${only//,/ }; do
        [[ ,$all, == *,$name,* ]] || bad_usage "--only knows $all, not $name"
    done
    case "$only_proxy" in '' | nginx | tollgate) ;; *) bad_usage "--only-proxy is nginx or tollgate" ;; esac
    case "$profile" in '' | jfr | perf) ;; *) bad_usage "--profile is jfr or perf" ;; esac
    if [ -z "$write" ]; then
        # half a table would replace a whole one
        [ "$only" = "$all" ] && [ -z "$only_proxy$profile" ] && write=yes || write=no
    fi
    mock_port=$base_port nginx_port=$((base_port + 1)) tollgate_port=$((base_port + 2))
    admin_port=$((base_port + 3)) start_port=$((base_port + 4))
}

bad_usage() {
    echo "compare.sh: $1" >&2
    usage >&2
    exit 2
}

wants() {
    [[ ,$only, == *,$1,* ]]
}

say() {
    echo "compare.sh: $*" >&2
}
