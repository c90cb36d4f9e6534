package io.tollgate.budget.usagelog;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.RequestIds;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import io.tollgate.core.usage.UsageSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of every kind, the same for the same seed. */
public final class RandomRows {
    private final Random random;

    public RandomRows(long seed) {
        this.random = new Random(seed);
    }

    /** A plain row of a request that arrived at this time. */
    public static UsageRow plain(long atMillis) {
        return new UsageRow(
                RequestIds.next(atMillis),
                1,
                true,
                atMillis,
                "checkout-api",
                Tags.of(Map.of("team", "checkout", "feature", "search", "environment", "prod", "user", "u-17")),
                new UsageRow.Call("openai-chat", Operation.GENERATE, true, "openai", "gpt-4o", "gpt-4o-mini"),
                new UsageRow.Decisions("simple-to-mini", "complexity 0.12 is simple", "miss", 800, "learned"),
                new Metered(
                        new UsageReport(
                                new Usage(600, 400, 0, 0, 200, 50, 0, 0, 0, 0),
                                UsageSource.PROVIDER,
                                "gpt-4o-mini-2024-07-18",
                                "stop",
                                "default",
                                -1,
                                List.of()),
                        new Cost(4_000_000, "2026-11-01")),
                new UsageRow.Savings(66_000_000, Map.of("routing", 62_000_000L)),
                new UsageRow.Latency(200, 310_000, 1_890_000),
                200,
                End.COMPLETE);
    }

    /** Any row at all that arrived in the period. */
    public UsageRow next(long from, long to) {
        long at = from + random.nextLong(to - from);
        boolean priced = random.nextInt(10) > 0;
        Map<String, Long> saved = priced ? saved() : Map.of();
        long cost = priced ? random.nextLong(5_000_000_000L) : 0;
        long baseline =
                cost + saved.values().stream().mapToLong(Long::longValue).sum();
        return new UsageRow(
                random.nextBoolean() ? RequestIds.next(at) : "req-" + random.nextLong(),
                1 + random.nextInt(3),
                random.nextInt(5) > 0,
                at,
                text("key"),
                tags(),
                new UsageRow.Call(
                        "openai-chat",
                        one(Operation.class),
                        random.nextBoolean(),
                        text("provider"),
                        text("asked"),
                        text("sent")),
                new UsageRow.Decisions(
                        "rule" + random.nextInt(3), text("reason"), cache(), random.nextLong(9) - 1, text("source")),
                new Metered(
                        new UsageReport(
                                usage(),
                                one(UsageSource.class),
                                text("answered"),
                                text("finish"),
                                text("tier"),
                                random.nextBoolean() ? -1 : random.nextLong(1L << 50),
                                random.nextInt(8) == 0
                                        ? List.of(new OtherModelUsage("advisor \"ü\"", usage()))
                                        : List.of()),
                        priced ? new Cost(cost, "v" + random.nextInt(2)) : Cost.UNPRICED),
                new UsageRow.Savings(priced ? baseline : 0, saved),
                new UsageRow.Latency(
                        random.nextLong(1000), random.nextLong(1_000_000) - 1, random.nextLong(5_000_000_000L)),
                List.of(0, 200, 400, 429, 502).get(random.nextInt(5)),
                one(End.class),
                random.nextInt(3) == 0
                        ? PromptFacts.NONE
                        : new PromptFacts(
                                random.nextLong(),
                                random.nextLong(),
                                1,
                                2,
                                3,
                                random.nextInt(9),
                                4,
                                random.nextLong(),
                                5));
    }

    private @Nullable String text(String of) {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> of + " 'ü€😀\"\\";
            default -> of + random.nextInt(3);
        };
    }

    private @Nullable String cache() {
        return List.of("hit", "semantic-hit", "coalesced", "miss", "bypass; reason=tools", "refresh")
                .get(random.nextInt(6));
    }

    private Tags tags() {
        Map<String, String> tags = new HashMap<>();
        for (String name : List.of("team", "feature", "user", "session", "task", "cost center", "odd\"\u0001\\")) {
            String value = text(name);
            if (value != null && random.nextBoolean()) {
                tags.put(name, value);
            }
        }
        return Tags.of(tags);
    }

    private Map<String, Long> saved() {
        Map<String, Long> saved = new TreeMap<>();
        for (String lever : List.of("routing", "cache", "prompt_cache")) {
            if (random.nextInt(3) == 0) {
                saved.put(lever, random.nextLong(2_000_000_000L) - 500_000_000L);
            }
        }
        return saved;
    }

    private <E extends Enum<E>> E one(Class<E> of) {
        List<E> all = List.copyOf(EnumSet.allOf(of));
        return all.get(random.nextInt(all.size()));
    }

    private Usage usage() {
        return new Usage(n(), n(), n(), n(), n(), n(), n(), n(), n(), n());
    }

    private long n() {
        return random.nextInt(3) == 0 ? 0 : random.nextLong(1L << 40);
    }
}
