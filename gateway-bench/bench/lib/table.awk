# The median of each figure over its rounds, side by side, with the targets.
{
    key = $1 SUBSEP $2 SUBSEP $4
    count[key]++
    value[key, count[key]] = $5
    if ($4 == "errors") {
        errors[$2] += $5
    }
}

function median(scenario, target, name,    key, n, i, j, swap, sorted) {
    key = scenario SUBSEP target SUBSEP name
    n = count[key]
    if (n == 0) {
        return ""
    }
    for (i = 1; i <= n; i++) {
        sorted[i] = value[key, i] + 0
        for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) {
            swap = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = swap
        }
    }
    return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

function extreme(scenario, target, name, sign,    key, i, most) {
    key = scenario SUBSEP target SUBSEP name
    if (count[key] == 0) {
        return ""
    }
    most = value[key, 1] + 0
    for (i = 2; i <= count[key]; i++) {
        if (sign * value[key, i] > sign * most) {
            most = value[key, i] + 0
        }
    }
    return most
}

function minus(a, b) {
    return a == "" || b == "" ? "" : a - b
}

function shown(x, format) {
    return x == "" ? "–" : sprintf(format, x)
}

# goal: "" none, "ratio<=1.5", "ratio>=0.8", "<300" on Tollgate's own figure
function row(name, format, direct, nginx, tollgate, goal, text,    ratio, met, figure, limit) {
    if (nginx == "" && tollgate == "") {
        return
    }
    ratio = nginx == "" || tollgate == "" || nginx + 0 <= 0 ? "" : tollgate / nginx
    met = ""
    if (goal != "" && tollgate != "") {
        figure = goal ~ /^ratio/ ? ratio : tollgate
        limit = goal
        gsub(/[^0-9.]/, "", limit)
        if (figure != "") {
            met = goal ~ />=/ ? figure >= limit + 0 : goal ~ /<=/ ? figure <= limit + 0 : figure < limit + 0
            met = met ? "yes" : "no"
        }
    }
    printf "| %s | %s | %s | %s | %s | %s | %s |\n", name, shown(direct, format), shown(nginx, format),
        shown(tollgate, format), shown(ratio, "%.2f"), text == "" ? "–" : text, met == "" ? "–" : met
}

function absolute(name, format, scenario, figure, goal, text) {
    row(name, format, median(scenario, "direct", figure), median(scenario, "nginx", figure),
        median(scenario, "tollgate", figure), goal, text)
}

function added(name, scale, format, scenario, figure, goal, text,    base, nginx, tollgate) {
    base = median(scenario, "direct", figure)
    nginx = minus(median(scenario, "nginx", figure), base)
    tollgate = minus(median(scenario, "tollgate", figure), base)
    row(name, format, base == "" ? "" : base / scale, nginx == "" ? "" : nginx / scale,
        tollgate == "" ? "" : tollgate / scale, goal, text)
}

END {
    print "| | direct | nginx | Tollgate | Tollgate ÷ nginx | target | met |"
    print "|---|--:|--:|--:|--:|---|---|"
    absolute("requests/s, 2 KB body, 64 connections", "%.0f", "throughput2k", "requests_per_s", "ratio>=0.8", "≥ 0.8 × nginx")
    absolute("requests/s, 40 KB body, 64 connections", "%.0f", "throughput40k", "requests_per_s", "ratio>=0.5", "≥ 0.5 × nginx")
    absolute("requests/s, 2 KB body, answered from the cache", "%.0f", "hits2k", "requests_per_s", "ratio>=1.0", "≥ 1.0 × nginx")
    cpu_rows()
    added("p50 at 2,000 requests/s, µs (proxies: added to direct)", 1, "%.0f", "latency", "p50_us", "ratio<=1.5", "≤ 1.5 × nginx")
    added("p99 at 2,000 requests/s, µs (proxies: added to direct)", 1, "%.0f", "latency", "p99_us", "", "")
    row("SSE, 500 streams at 20 ms: CPU per chunk, µs", "%.1f", "", median("sse", "nginx", "cpu_us_per_chunk"),
        median("sse", "tollgate", "cpu_us_per_chunk"), "ratio<=1.5", "≤ 1.5 × nginx")
    added("SSE: lateness of a chunk, p50, ms (proxies: added)", 1000, "%.2f", "sse", "p50_us", "", "")
    added("SSE: lateness of a chunk, p99, ms (proxies: added)", 1000, "%.2f", "sse", "p99_us", "", "")
    row("SSE: events that came after their successor was sent, %", "%.3f", percent(median("sse", "direct", "held_share")),
        percent(median("sse", "nginx", "held_share")), percent(median("sse", "tollgate", "held_share")), "<0.1",
        "none held back: < 0.1 %")
    row("1,000 streams at 50 ms: whole to the last byte, worst round", "%.0f", extreme("streams", "direct", "complete", -1),
        extreme("streams", "nginx", "complete", -1), extreme("streams", "tollgate", "complete", -1), ">=1000", "1000")
    row("RSS idle, MB", "%.0f", "", median("start", "nginx", "idle_rss_mb"), median("start", "tollgate", "idle_rss_mb"), "", "")
    row("RSS with 1,000 open streams, MB, highest round", "%.0f", "", extreme("streams", "nginx", "rss_mb", 1),
        extreme("streams", "tollgate", "rss_mb", 1), "<300", "< 300 MB")
    row("RSS, highest of the whole run, MB", "%.0f", "", extreme("streams", "nginx", "peak_rss_mb", 1),
        extreme("streams", "tollgate", "peak_rss_mb", 1), "", "")
    row("exec to first answer, all cores, ms", "%.0f", "", median("startup_all_cores", "nginx", "startup_ms"),
        median("startup_all_cores", "tollgate", "startup_ms"), "<1000", "< 1 s")
    row("exec to first answer, one core, ms", "%.0f", "", median("startup_pinned", "nginx", "startup_ms"),
        median("startup_pinned", "tollgate", "startup_ms"), "", "")
    row("the first 100 answers after that, one core, p50, µs", "%.0f", "", median("startup_pinned", "nginx", "p50_us"),
        median("startup_pinned", "tollgate", "p50_us"), "", "")
    row("share of its core the proxy got at full load, 2 KB", "%.2f", "", median("throughput2k", "nginx", "cpu_share"),
        median("throughput2k", "tollgate", "cpu_share"), "", "")
    printf "\nA share well below 1 at full load says that other processes had the core too: compare only what was measured " \
        "side by side.\nRequests that failed or got a wrong answer: direct %d, nginx %d, Tollgate %d.\n\n", errors["direct"],
        errors["nginx"], errors["tollgate"]
}

function percent(share) {
    return share == "" ? "" : share * 100
}

function cpu_rows(    i, sizes, name) {
    split("2k 40k", sizes, " ")
    for (i = 1; i <= 2; i++) {
        name = sizes[i] == "2k" ? "2 KB" : "40 KB"
        row("CPU per request, " name ", µs", "%.1f", "", median("throughput" sizes[i], "nginx", "cpu_us_per_request"),
            median("throughput" sizes[i], "tollgate", "cpu_us_per_request"), "", "")
    }
}
