# What must be there, and the two programs in C.

check_tools() {
    local missing='' pair
    for pair in cc:gcc taskset:util-linux pgrep:procps awk:mawk nginx:nginx-light; do
        if [ "${pair%%:*}" = nginx ] && [ "$only_proxy" = tollgate ]; then
            continue
        fi
        PATH=$PATH:/usr/sbin command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair##*:}"
    done
    if [ -n "$missing" ]; then
        say "missing:$missing; on Debian or Ubuntu: apt-get install$missing"
        exit 1
    fi
    if ! taskset -c "$proxy_core" true 2>/dev/null || ! taskset -c "$load_core" true 2>/dev/null; then
        say "needs cores $proxy_core and $load_core; this process may use: $(taskset -cp $$ | sed 's/.*: //')"
        exit 1
    fi
    if [ "$profile" = perf ] && ! command -v perf >/dev/null; then
        say "--profile perf needs perf (apt-get install linux-perf)"
        exit 1
    fi
}

build_tools() {
    local src="$here/src"
    cc -O2 -Wall -Wextra -o "$out/mock" "$src"/mock.c "$src"/mock_stream.c
    cc -O2 -Wall -Wextra -o "$out/load" "$src"/{load,client,template,process,throughput,streams,startup}.c
}

check_ports() {
    local port
    for port in $mock_port $nginx_port $tollgate_port $admin_port $start_port; do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            say "port $port is in use; choose others with --port"
            exit 1
        fi
    done
}
