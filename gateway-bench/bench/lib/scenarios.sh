# What is measured. Each figure is a line of results.tsv: scenario, target, round, name, value.

record() {
    printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$results"
}

measure() { # SCENARIO TARGET ROUND MODE ARGUMENTS…
    local scenario=$1 target=$2 round=$3 figures pair status=0 watched
    shift 3
    watched=$(pids "$target")
    figures=$(run_load "$@" --port "${port_of[$target]}" --temperature "$temperature" \
        ${watched:+--pids "$watched"}) || status=$?
    if [ -z "$figures" ]; then
        say "$scenario on $target gave no figures"
        exit 1
    fi
    [ $status -eq 0 ] || say "$scenario on $target, round $round: not every answer was right"
    for pair in $figures; do
        record "$scenario" "$target" "$round" "${pair%%=*}" "${pair#*=}"
    done
    say "$scenario $target $round: $figures"
}

warm_up() {
    local target long
    for target in ${targets#direct}; do
        long=$warm
        [ "$target" = tollgate ] || long=2 # nginx has nothing to compile
        say "warming up $target"
        run_load closed --port "${port_of[$target]}" --body 2048 --warmup 0 --seconds "$long" --temperature "$temperature" >/dev/null
        if wants throughput; then
            run_load closed --port "${port_of[$target]}" --body 40960 --warmup 0 --seconds "$long" --temperature "$temperature" >/dev/null
        fi
        if wants sse || wants streams; then
            run_load streams --port "${port_of[$target]}" --streams 500 --pace-ms 20 --seconds "$long" --temperature "$temperature" >/dev/null
        fi
    done
}

run_rounds() {
    local round target
    for round in $(seq "$rounds"); do
        for target in $targets; do
            "measure_$1" "$target" "$round"
        done
    done
}

measure_throughput() {
    measure throughput2k "$1" "$2" closed --connections 64 --body 2048 --seconds "$seconds"
    measure throughput40k "$1" "$2" closed --connections 64 --body 40960 --seconds "$seconds"
}

measure_latency() {
    measure latency "$1" "$2" rate --rate 2000 --connections 64 --body 2048 --seconds "$seconds"
}

measure_sse() {
    measure sse "$1" "$2" streams --streams 500 --pace-ms 20 --ramp 1 --seconds "$seconds"
}

measure_streams() {
    measure streams "$1" "$2" streams --streams 1000 --pace-ms 50 --ramp 2 --seconds "$seconds"
    if [ "$1" != direct ]; then
        record streams "$1" "$2" peak_rss_mb "$(rss_mb VmHWM "$1")"
    fi
}

# Tollgate answers from its cache what nginx fetches from the mock each time: the same request, again and again. Another
# run of the proxies, with the cache switched on.
measure_hits() {
    local round target long
    caching=yes
    start_proxies
    for target in ${targets#direct}; do
        long=$warm
        [ "$target" = tollgate ] || long=2
        say "warming up $target for hits"
        run_load closed --port "${port_of[$target]}" --body 2048 --same --warmup 0 --seconds "$long" --temperature 0 >/dev/null
    done
    for round in $(seq "$rounds"); do
        for target in $targets; do
            temperature=0 measure hits2k "$target" "$round" closed --connections 64 --body 2048 --same --seconds "$seconds"
        done
    done
    stop_proxies
    caching=''
}

# The loop runs over starts, not rounds: each is a process of its own.
measure_startup() {
    local target place start command starts=5
    [ "$rounds" -gt 1 ] || starts=2
    for target in ${targets#direct}; do
        for place in pinned all_cores; do
            for start in $(seq 0 $starts); do
                rm -rf "$out/start"
                if [ "$target" = nginx ]; then
                    write_nginx_config "$start_port" "$out/start"
                    nginx_command "$out/start"
                else
                    tollgate_command "$start_port" "$out/start"
                fi
                [ $place = all_cores ] || command=(taskset -c "$proxy_core" "${command[@]}")
                measure_start "$place" "$target" "$start" "${command[@]}"
            done
        done
    done
}

measure_start() { # PLACE TARGET NUMBER COMMAND…; number 0 only fills the disk cache
    local place=$1 target=$2 start=$3 figures pair
    shift 3
    if [ "$place" = pinned ]; then
        figures=$(run_load startup --port "$start_port" -- "$@")
    else
        figures=$("$out/load" startup --port "$start_port" -- "$@")
    fi
    say "start ($place) $target $start: $figures"
    if [ "$start" -gt 0 ]; then
        for pair in $figures; do
            record "startup_$place" "$target" "$start" "${pair%%=*}" "${pair#*=}"
        done
    fi
}

start_profile() {
    local target
    if [ "$profile" = jfr ] && has tollgate; then
        jcmd_of_tollgate JFR.start name=compare settings=profile
    elif [ "$profile" = perf ]; then
        for target in ${targets#direct}; do
            perf record -q -F 997 -p "$(pids "$target")" -o "$out/$target.perf" >"$out/perf-$target.log" 2>&1 &
            pid_of[perf-$target]=$!
        done
    fi
}

stop_profile() {
    local target
    if [ "$profile" = jfr ] && has tollgate; then
        jcmd_of_tollgate JFR.stop name=compare filename="$out/tollgate.jfr"
        say "recorded gateway-bench/target/compare/tollgate.jfr"
    elif [ "$profile" = perf ]; then
        if has tollgate; then
            jcmd_of_tollgate Compiler.perfmap # names for compiled code
        fi
        for target in ${targets#direct}; do
            kill -INT "${pid_of[perf-$target]}"
            wait "${pid_of[perf-$target]}" || true
            unset "pid_of[perf-$target]"
            say "recorded gateway-bench/target/compare/$target.perf (read it with perf report -i)"
        done
    fi
}

jcmd_of_tollgate() {
    local pid
    pid=$(java_pid)
    "$(dirname "$(readlink "/proc/$pid/exe")")/jcmd" "$pid" "$@" >/dev/null
}
