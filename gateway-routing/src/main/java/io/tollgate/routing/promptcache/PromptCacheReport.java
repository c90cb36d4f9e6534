package io.tollgate.routing.promptcache;

import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
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

    private final Openings openings = new Openings();
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

    /**
     * What stands before the turns.
     *
     * @param toolsAnyOrder the same whatever order the tools stand in
     */
    private record Shape(long tools, long toolsAnyOrder, long head, long headWithoutDigits, long rest) {}

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

    /** A prompt goes out; {@code turns} are the caller's. */
    synchronized void watch(Exchange exchange, long scope, String feature, Openings.Turns turns, Rates rates) {
        String model = exchange.route().get().first().model();
        Line line = lines.computeIfAbsent(
                Hash.of(scope, feature), unknown -> new Line(feature, model == null ? "" : model));
        Shape before = line.shape;
        Shape now = shape(exchange, before);
        line.shape = now;
        if (before != null && line.read && !before.equals(now)) {
            line.read = false;
            long bytes = (long) length(exchange, "tools") + length(exchange, "system");
            broken(line, difference(before, now), exchange, bytes, rates);
        }
        long lost = openings.lost(turns, exchange.startedNanos());
        if (lost > 0) {
            broken(line, "first_turn_changed", exchange, lost, rates);
        }
    }

    private void broken(Line line, String by, Exchange exchange, long bytes, Rates rates) {
        line.brokenBy = by;
        line.breaks++;
        line.example = exchange.id();
        line.cost += Math.round(bytes / BYTES_PER_TOKEN * (rates.cacheWrite5m() - rates.cacheRead()) / 1_000.0);
        broken++;
    }

    private static String difference(Shape before, Shape now) {
        if (before.tools() != now.tools()) {
            return before.toolsAnyOrder() == now.toolsAnyOrder() ? "tools_reordered" : "tools_changed";
        }
        if (before.head() == now.head()) {
            return "system_changed";
        }
        boolean onlyDigits = before.headWithoutDigits() == now.headWithoutDigits() && before.rest() == now.rest();
        return onlyDigits ? "system_clock" : "system_head_changed";
    }

    private static Shape shape(Exchange exchange, @Nullable Shape before) {
        RequestBody body = exchange.body();
        Span tools = span(exchange, "tools");
        Span system = span(exchange, "system");
        Span head = new Span(system.start(), Math.min(system.end(), system.start() + HEAD));
        long ofTools = Hash.of(Hash.START, body, tools);
        return new Shape(
                ofTools,
                before != null && before.tools() == ofTools ? before.toolsAnyOrder() : inAnyOrder(body, tools),
                Hash.of(Hash.START, body, head),
                Hash.withoutDigits(body, head),
                Hash.of(Hash.START, body, new Span(head.end(), system.end())));
    }

    private static long inAnyOrder(RequestBody body, Span list) {
        JsonTokenizer json =
                new JsonTokenizer(new RequestBody(body.array(), body.offset() + list.start(), list.length()));
        long sum = 0;
        if (list.length() > 0) {
            json.next();
        }
        if (list.length() > 0 && json.is(Token.START_ARRAY)) {
            json.next();
            while (!json.is(Token.END_ARRAY)) {
                int from = json.start();
                json.skip();
                sum += Hash.of(Hash.START, body, new Span(list.start() + from, list.start() + json.previousEnd()));
            }
        }
        return sum;
    }

    private static Span span(Exchange exchange, String name) {
        Member member = exchange.facts().get().members().get(name);
        return member == null ? Span.at(0) : member.value();
    }

    private static int length(Exchange exchange, String name) {
        return span(exchange, name).length();
    }

    /** A request's turns are in the provider's cache from now on. */
    synchronized void cached(Openings.Turns turns, long nanos) {
        openings.cached(turns, nanos);
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
