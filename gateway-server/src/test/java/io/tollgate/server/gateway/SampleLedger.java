package io.tollgate.server.gateway;

import io.tollgate.budget.report.Lever;
import io.tollgate.budget.usagelog.PromptFacts;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.RequestIds;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Ledgers of a made-up company's calls, the same for the same seed. */
public final class SampleLedger {
    private static final int BURSTS = 5_000;
    private static final int WRITTEN_AT_ONCE = 10_000;
    private static final int USERS = 15;
    private static final List<String> TEAMS = List.of("search", "checkout", "support", "research \"R&D\", Köln");
    private static final List<String> FEATURES = List.of("answer", "rank", "classify", "summarize");

    /** Provider, model asked for, model sent. */
    private static final List<List<String>> MODELS = List.of(
            List.of("openai", "gpt-4o", "gpt-4o-mini"),
            List.of("openai", "gpt-4o", "gpt-4o"),
            List.of("anthropic", "claude-sonnet-4-5", "claude-sonnet-4-5"),
            List.of("gemini", "gemini-2.5-flash", "gemini-2.5-flash"));

    private final Random random;

    private SampleLedger(long seed) {
        this.random = new Random(seed);
    }

    /** Writes so many calls that arrived from one moment until before the other, in at most 5,000 bursts. */
    public static void write(Path data, long seed, int count, Instant from, Instant to) {
        SampleLedger sample = new SampleLedger(seed);
        int burst = Math.max(1, count / BURSTS);
        long span = to.toEpochMilli() - from.toEpochMilli();
        AtomicLong now = new AtomicLong();
        List<UsageRow> some = new ArrayList<>(WRITTEN_AT_ONCE);
        try (SqliteRowStore store = SqliteRowStore.open(data, () -> Instant.ofEpochMilli(now.get()))) {
            for (int i = 0; i < count; i++) {
                long at = from.toEpochMilli() + (long) ((double) span * (i - i % burst) / count);
                now.set(at);
                some.add(sample.row(at));
                if (some.size() == WRITTEN_AT_ONCE || i == count - 1) {
                    store.write(some);
                    some.clear();
                }
            }
        }
    }

    private UsageRow row(long at) {
        int user = random.nextInt(USERS);
        int feature = random.nextInt(FEATURES.size());
        List<String> model = MODELS.get((feature + random.nextInt(2)) % MODELS.size());
        boolean failed = random.nextInt(40) == 0;
        boolean priced = random.nextInt(50) > 0;
        boolean last = random.nextInt(30) > 0;
        Cost cost = !priced ? Cost.UNPRICED : new Cost(failed ? 0 : random.nextLong(50_000_000), "2026-11");
        Map<String, Long> levers = priced && !failed ? saved() : Map.of();
        long sum = levers.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> saved =
                cost.nanos() + sum < 0 ? Map.of() : levers; // no call would have cost less than nothing
        long baseline = cost.nanos() + (saved.isEmpty() ? 0 : sum);
        long tokens = random.nextInt(4_000);
        Usage usage = failed ? Usage.ZERO : new Usage(tokens, tokens / 2, tokens / 8, 0, tokens / 4, 0, 0, 0, 0, 0);
        boolean hit = saved.containsKey(Lever.CACHE.wireName());
        return new UsageRow(
                RequestIds.next(at),
                1,
                last,
                at,
                user % 3 == 0 ? null : "key-" + user % 3,
                tags(user, feature),
                new UsageRow.Call(
                        "openai-chat",
                        Operation.GENERATE,
                        random.nextBoolean(),
                        model.get(0),
                        model.get(1),
                        model.get(2)),
                new UsageRow.Decisions(
                        model.get(1).equals(model.get(2)) ? "direct" : "simple-to-mini",
                        model.get(1).equals(model.get(2)) ? null : "complexity 0.12 is simple",
                        hit ? "hit" : "miss",
                        -1,
                        null),
                new Metered(
                        new UsageReport(
                                usage,
                                failed ? UsageSource.NONE : UsageSource.PROVIDER,
                                model.get(2),
                                "stop",
                                null,
                                -1,
                                List.of()),
                        cost),
                new UsageRow.Savings(priced ? baseline : 0, saved),
                new UsageRow.Latency(100 + random.nextInt(300), failed ? -1 : 200_000L, (long)
                        (Math.exp(random.nextGaussian() * 0.8) * 1_500_000)),
                failed ? 503 : 200,
                failed ? End.UPSTREAM_FAILED : hit ? End.CACHED : End.COMPLETE,
                new PromptFacts(1 + random.nextInt(60), 7, 6_000, 5_000, 9_000, 2, 0, 0, 0));
    }

    /** Levers of which some lost. */
    private Map<String, Long> saved() {
        Map<String, Long> saved = new TreeMap<>();
        for (Lever lever : Lever.values()) {
            if (random.nextInt(5) == 0) {
                saved.put(lever.wireName(), random.nextLong(30_000_000) - 7_000_000);
            }
        }
        return saved;
    }

    /** Of a user, who belongs to one team or none. */
    private static Tags tags(int user, int feature) {
        Map<String, String> tags = new HashMap<>();
        tags.put("user", "user-" + user);
        tags.put("environment", user % 4 > 0 ? "prod" : "test");
        tags.put("cost center", "CC, \"" + user % 3 + "\"");
        if (user % (TEAMS.size() + 1) < TEAMS.size()) {
            tags.put("team", TEAMS.get(user % (TEAMS.size() + 1)));
        }
        if (feature > 0) {
            tags.put("feature", FEATURES.get(feature));
        }
        return Tags.of(tags);
    }
}
