# From results.tsv to a table in Markdown.

describe_run() {
    local java=''
    if has tollgate; then
        java=$("$(readlink "/proc/$(java_pid)/exe")" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/, JDK \1/p')
    fi
    echo "\`$command_line\`"
    echo
    printf '%s, commit %s. %s, %s cores, %s%s%s. ' "$(date -u +%F)" \
        "$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)" \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(uname -sr | sed 's/-.*//')" \
        "$(has nginx && PATH=$PATH:/usr/sbin nginx -v 2>&1 | sed 's#.*/#, nginx #')" "$java"
    printf 'Proxy on core %s, load and mock provider on core %s; median of %s interleaved rounds of %s s.\n\n' \
        "$proxy_core" "$load_core" "$rounds" "$seconds"
}

write_table() {
    awk -F '\t' -f "$here/lib/table.awk" "$results"
}

publish() {
    local doc="$root/docs/performance.md"
    if [ "$write" != yes ]; then
        say "not published; the report is gateway-bench/target/compare/report.md"
        return
    fi
    if ! has tollgate; then
        say "not published: Tollgate was not measured"
        return
    fi
    if ! grep -q 'compare:end' "$doc" 2>/dev/null; then
        say "not published: docs/performance.md has no line with <!-- compare:begin --> and <!-- compare:end -->"
        return
    fi
    awk -v report="$out/report.md" '
        /<!-- compare:begin -->/ { print; while ((getline line < report) > 0) print line; inside = 1; next }
        /<!-- compare:end -->/ { inside = 0; print; next }
        !inside { print }' "$doc" >"$out/performance.md"
    cp "$out/performance.md" "$doc"
    say "published to docs/performance.md"
}

# 0, or 3 when --check is given and a target was missed.
verdict() {
    if [ -n "$check" ] && grep -q '| no |$' "$out/report.md"; then
        echo 3
    else
        echo 0
    fi
}
