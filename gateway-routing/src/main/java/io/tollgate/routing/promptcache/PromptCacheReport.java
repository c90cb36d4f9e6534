package io.tollgate.routing.promptcache;

import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import io.tollgate.core.price.Rates;
import io.tollgate.core.usage.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the marks brought, by feature and model, and what broke a prefix that used to be read, with an estimate of what
 * that cost. The latest {@value #MOST} are told. Any thread.
 */
public final class PromptCacheReport {
    static final int MOST = 1_000;
    private static final int HEAD = 1_024;
    private static final double BYTES_PER_TOKEN = 3.6;

    private final Map<Long, Line> lines = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Line> eldest) {
            return size() > MOST;
        }
    };

    private long reads;
    private long writes;
    private long savedNanos;
    private long broken;

    /**
     * One feature's prompts to one model.
     *
     * @param hits answers that read from the provider's cache
     * @param writes answers that wrote to it
     * @param brokenBy what last broke it, or null
     * @param costNanos what breaking it cost, estimated
     * @param exampleRequestId of a request that broke it, or null
     */
    public record Row(
            String feature,
            String model,
            long hits,
            long writes,
            long savedNanos,
            @Nullable String brokenBy,
            long breaks,
            long costNanos,
            @Nullable String exampleRequestId) {}

    private record Shape(long tools, int toolsLength, long head, long headWithoutDigits, long rest) {}

    private static final class Line {
        private final String feature;
        private final String model;
        private @Nullable Shape shape;
        private boolean read;
        private long hits;
        private long writes;
        private long saved;
        private @Nullable String brokenBy;
        private long breaks;
        private long cost;
        private @Nullable String example;

        Line(String feature, String model) {
            this.feature = feature;
            this.model = model;
        }
    }

    synchronized void watch(Exchange exchange, long scope, String feature, Rates rates) {
        String model = exchange.route().get().first().model();
        Line line = lines.computeIfAbsent(
                Hash.of(scope, feature), unknown -> new Line(feature, model == null ? "" : model));
        Shape now = shape(exchange);
        Shape before = line.shape;
        line.shape = now;
        if (before == null || !line.read || before.equals(now)) {
            return;
        }
        line.read = false;
        line.brokenBy = difference(before, now);
        line.breaks++;
        broken++;
        line.example = exchange.id();
        long bytes = (long) length(exchange, "tools") + length(exchange, "system");
        line.cost += Math.round(bytes / BYTES_PER_TOKEN * (rates.cacheWrite5m() - rates.cacheRead()) / 1_000.0);
    }

    private static String difference(Shape before, Shape now) {
        if (before.tools() != now.tools()) {
            return before.toolsLength() == now.toolsLength() ? "tools_reordered" : "tools_changed";
        }
        if (before.head() == now.head()) {
            return "system_changed";
        }
        boolean onlyDigits = before.headWithoutDigits() == now.headWithoutDigits() && before.rest() == now.rest();
        return onlyDigits ? "system_clock" : "system_head_changed";
    }

    private static Shape shape(Exchange exchange) {
        RequestBody body = exchange.body();
        Span tools = span(exchange, "tools");
        Span system = span(exchange, "system");
        Span head = new Span(system.start(), Math.min(system.end(), system.start() + HEAD));
        return new Shape(
                Hash.of(Hash.START, body, tools),
                tools.length(),
                Hash.of(Hash.START, body, head),
                Hash.withoutDigits(body, head),
                Hash.of(Hash.START, body, new Span(head.end(), system.end())));
    }

    private static Span span(Exchange exchange, String name) {
        Member member = exchange.facts().get().members().get(name);
        return member == null ? Span.at(0) : member.value();
    }

    private static int length(Exchange exchange, String name) {
        return span(exchange, name).length();
    }

    synchronized void answered(long scope, String feature, Usage used, long saved) {
        boolean hit = used.cacheRead() > 0;
        boolean wrote = used.cacheWrite5m() + used.cacheWrite1h() > 0;
        reads += hit ? 1 : 0;
        writes += wrote ? 1 : 0;
        savedNanos += saved;
        Line line = lines.get(Hash.of(scope, feature));
        if (line != null) {
            line.read |= hit;
            line.hits += hit ? 1 : 0;
            line.writes += wrote ? 1 : 0;
            line.saved += saved;
        }
    }

    /** All rows, the latest used last. */
    public synchronized List<Row> rows() {
        List<Row> rows = new ArrayList<>(lines.size());
        for (Line line : lines.values()) {
            rows.add(new Row(
                    line.feature,
                    line.model,
                    line.hits,
                    line.writes,
                    line.saved,
                    line.brokenBy,
                    line.breaks,
                    line.cost,
                    line.example));
        }
        return rows;
    }

    /** Answers that read from the provider's cache. */
    public synchronized long reads() {
        return reads;
    }

    /** Answers that wrote to it. */
    public synchronized long writes() {
        return writes;
    }

    /** Signed. */
    public synchronized long savedNanos() {
        return savedNanos;
    }

    /** Prefixes that used to be read and changed. */
    public synchronized long broken() {
        return broken;
    }
}
