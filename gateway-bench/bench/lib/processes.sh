# Starts and stops the mock and the proxies; knows their process ids.

declare -A pid_of=() port_of=()
targets='' caching=''

run_load() { # MODE ARGUMENTS…: on the load's core
    taskset -c "$load_core" "$out/load" "$@"
}

start_mock() {
    taskset -c "$load_core" "$out/mock" --port "$mock_port" >"$out/mock.log" 2>&1 &
    pid_of[mock]=$!
    await_port mock "$mock_port" 5
    port_of[direct]=$mock_port
}

choose_targets() {
    targets=direct
    [ "$only_proxy" = tollgate ] || targets="$targets nginx"
    if [ "$only_proxy" != nginx ]; then
        if [ -x "$launcher" ]; then
            targets="$targets tollgate"
        else
            say "no launcher at ${launcher#"$root"/}: measuring$(printf ' %s' $targets) only"
        fi
    fi
}

has() {
    [[ " $targets " == *" $1 "* ]]
}

await_port() { # NAME PORT SECONDS
    local until=$((SECONDS + $3))
    while ! (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; do
        if [ $SECONDS -ge $until ] || ! kill -0 "${pid_of[$1]}" 2>/dev/null; then
            say "$1 does not listen on port $2; the end of its log:"
            tail -n 20 "$out/$1.log" >&2
            exit 1
        fi
        sleep 0.05
    done
}

write_nginx_config() { # PORT FOLDER
    mkdir -p "$2"
    local user=''
    [ "$(id -u)" -ne 0 ] || user="user $(id -un) $(id -gn);"
    sed -e "s/@port@/$1/; s/@mock@/$mock_port/; s/@user@/$user/" "$here/nginx.conf" >"$2/nginx.conf"
}

nginx_command() { # FOLDER: into the array command
    command=("$(PATH=$PATH:/usr/sbin command -v nginx)" -p "$1" -e "$1/error.log" -c "$1/nginx.conf")
}

write_tollgate_config() {
    local from=${config:-$root/config/tollgate.yaml}
    if [ -n "$config" ]; then
        cp "$config" "$out/tollgate.yaml"
    elif [ -f "$from" ]; then
        sed "s#https://api.openai.com#http://127.0.0.1:$mock_port#" "$from" >"$out/tollgate.yaml"
    else
        printf 'providers:\n  openai: {dialect: openai, base_url: "http://127.0.0.1:%s"}\n' "$mock_port" \
            >"$out/tollgate.yaml"
    fi
    if [ -n "$caching" ]; then
        if grep -q '^cache:' "$out/tollgate.yaml"; then
            sed -i '/^  exact:/,/ttl/ s/enabled: false/enabled: true/' "$out/tollgate.yaml"
        else
            printf 'cache:\n  exact: {enabled: true, ttl: 1h}\n' >>"$out/tollgate.yaml"
        fi
    fi
    grep -q "127.0.0.1:$mock_port" "$out/tollgate.yaml" || {
        say "the configuration names no provider at http://127.0.0.1:$mock_port"
        exit 1
    }
}

tollgate_command() { # PORT DATA: into the array command
    command=("$launcher" serve --config "$out/tollgate.yaml" --port "$1" --admin-port "$admin_port" --data "$2")
}

start_proxies() {
    local command
    if has nginx; then
        write_nginx_config "$nginx_port" "$out/nginx"
        nginx_command "$out/nginx"
        taskset -c "$proxy_core" "${command[@]}" >"$out/nginx.log" 2>&1 &
        pid_of[nginx]=$!
        port_of[nginx]=$nginx_port
        await_port nginx "$nginx_port" 10
    fi
    if has tollgate; then
        write_tollgate_config
        say "building Tollgate if it is not"
        "$launcher" --version >"$out/version.txt"
        rm -rf "$out/data"
        tollgate_command "$tollgate_port" "$out/data"
        taskset -c "$proxy_core" "${command[@]}" >"$out/tollgate.log" 2>&1 &
        pid_of[tollgate]=$!
        port_of[tollgate]=$tollgate_port
        await_port tollgate "$tollgate_port" 60
    fi
    sleep 1
    local target
    for target in nginx tollgate; do
        if has $target && [ -z "$caching" ]; then
            record start "$target" 0 idle_rss_mb "$(rss_mb VmRSS "$target")"
        fi
    done
}

process_tree() { # PID: it and its descendants
    local child
    echo "$1"
    for child in $(pgrep -P "$1" || true); do
        process_tree "$child"
    done
}

pids() { # TARGET, comma-separated
    [ "$1" = direct ] || process_tree "${pid_of[$1]}" | paste -sd, -
}

rss_mb() { # FIELD TARGET
    local pid
    for pid in $(process_tree "${pid_of[$2]}"); do
        awk -v field="$1:" '$1 == field { print $2 }' "/proc/$pid/status"
    done | awk '{ sum += $1 } END { printf "%.0f\n", sum / 1024 }'
}

java_pid() {
    local pid
    for pid in $(process_tree "${pid_of[tollgate]}"); do
        if [ "$(cat "/proc/$pid/comm")" = java ]; then
            echo "$pid"
            return
        fi
    done
}

stop_one() {
    local pid=${pid_of[$1]:-} i tree
    [ -n "$pid" ] || return 0
    unset "pid_of[$1]"
    tree=$(process_tree "$pid") # a launcher need not pass a signal on
    # shellcheck disable=SC2086
    kill $tree 2>/dev/null || true
    for i in $(seq 150); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    # shellcheck disable=SC2086
    kill -9 $tree 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

stop_proxies() {
    stop_one nginx
    stop_one tollgate
}

stop_everything() {
    stop_proxies
    stop_one mock
}
