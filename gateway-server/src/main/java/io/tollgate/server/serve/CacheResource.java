package io.tollgate.server.serve;

import io.tollgate.cache.key.BypassReason;
import io.tollgate.cache.key.Scope;
import io.tollgate.cache.rule.Unkept;
import io.tollgate.cache.step.CacheCounters;
import io.tollgate.cache.step.Caching;
import io.tollgate.cache.store.Purge;
import io.tollgate.cache.store.StoreFigures;
import io.tollgate.core.usage.Dollars;
import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminProblem;
import io.tollgate.server.admin.AdminRequest;
import io.tollgate.server.admin.AdminResource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code GET cache}: what it holds and did. {@code DELETE cache?scope=…&model=…}: forgets answers. */
final class CacheResource implements AdminResource {
    static final String PATH = "/api/v1/cache";

    private final Caching caching;

    CacheResource(Caching caching) {
        this.caching = caching;
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "DELETE");
    }

    @Override
    public AdminAnswer answer(AdminRequest request) {
        return AdminAnswer.json(request.head().method().name().equals("DELETE") ? purge(request) : shown());
    }

    /** Without either parameter it would be everything: that has to be said. */
    private String purge(AdminRequest request) {
        String scope = named(request, "scope");
        String model = named(request, "model");
        boolean all = "true".equals(request.parameter("all"));
        if (scope == null && model == null && !all) {
            throw new AdminProblem(400, "expected scope=…, model=… or both, or all=true to forget every answer");
        }
        int purged = caching.store()
                .purge(new Purge(scope == null ? null : new Scope(scope), model))
                .join();
        return "{\"purged\":" + purged + "}";
    }

    private static @Nullable String named(AdminRequest request, String name) {
        String value = request.parameter(name);
        if (value != null && value.isBlank()) {
            throw new AdminProblem(400, "parameter " + name + " is empty; expected a " + name);
        }
        return value;
    }

    private String shown() {
        CacheCounters counters = caching.counters();
        long hits = counters.hits();
        long coalesced = counters.coalescences();
        long misses = counters.misses();
        long asked = hits + coalesced + misses;
        return "{\"hits\":" + hits
                + ",\"coalesced\":" + coalesced
                + ",\"misses\":" + misses
                + ",\"refreshes\":" + counters.refreshes()
                + ",\"hit_rate\":" + (asked == 0 ? "null" : Double.toString((double) (hits + coalesced) / asked))
                + ",\"saved_usd\":" + Dollars.format(counters.savedNanos())
                + ",\"kept\":" + counters.keptAnswers()
                + ",\"under_way\":" + caching.flights().size()
                + ",\"recording_bytes\":" + caching.room().used()
                + ",\"bypassed\":"
                + counts(List.of(BypassReason.values()), BypassReason::token, counters::bypasses)
                + ",\"unkept\":" + counts(List.of(Unkept.values()), Unkept::token, counters::unkeptAnswers)
                + ",\"levels\":"
                + caching.store().figures().stream()
                        .map(CacheResource::level)
                        .collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    /** Only those that occurred. */
    private static <T> String counts(List<T> all, Function<T, String> token, ToLongFunction<T> count) {
        return all.stream()
                .filter(each -> count.applyAsLong(each) > 0)
                .map(each -> "\"" + token.apply(each) + "\":" + count.applyAsLong(each))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String level(StoreFigures level) {
        return "{\"level\":\"" + level.level() + "\""
                + ",\"hits\":" + level.hits()
                + ",\"misses\":" + level.misses()
                + ",\"entries\":" + level.entries()
                + ",\"bytes\":" + level.bytes()
                + ",\"max_bytes\":" + level.maxBytes()
                + ",\"evictions\":" + level.evictions()
                + ",\"expired\":" + level.expired()
                + ",\"corrupt\":" + level.corrupt()
                + ",\"failures\":" + level.failures()
                + ",\"dropped\":" + level.dropped() + "}";
    }
}
