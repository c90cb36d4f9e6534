package io.tollgate.budget.waste;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.report.Period;
import io.tollgate.budget.usagelog.PromptFacts;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.RequestIds;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.price.Rates;
import io.tollgate.core.price.Tariff;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each waste planted into a ledger by itself. Prices a million: gpt-4o 2.50/1.25/10, gpt-4o-mini 0.15/0.075/0.60 USD. */
class WasteFinderTest {
    private static final long NOW = Instant.parse("2026-10-28T09:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MINUTE = 60_000;
    /** The period is three days, a month ten of them. */
    private static final long START = NOW - 3 * DAY;

    private static final int MONTHLY = 10;

    @TempDir
    Path data;

    private final PriceCatalogue prices = PriceCatalogue.builder()
            .provider("openai", null, null, Family.OPENAI)
            .model("openai", "gpt-4o", Tariff.flat(rates("2.5", "1.25", "10")), -1, -1)
            .model("openai", "gpt-4o-mini", Tariff.flat(rates("0.15", "0.075", "0.6")), -1, -1)
            .build();
    private final List<UsageRow> rows = new ArrayList<>();
    private int made;

    private static Rates rates(String input, String read, String output) {
        return Rates.usd(
                new BigDecimal(input),
                new BigDecimal(output),
                new BigDecimal(read),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A call that wastes nothing, and what makes it waste something. */
    private final class Call {
        private String model = "gpt-4o";
        private final Map<String, String> tags = new HashMap<>(Map.of("feature", "search"));
        private Usage usage = Usage.of(1_000, 200);
        private long cap = 400;
        private @Nullable String source = "learned";
        private long at = START + MINUTE + made * 17L * MINUTE % (2 * DAY);
        private PromptFacts prompt = facts(made + 1, 0, 0, 0, 0);
        private End end = End.COMPLETE;

        void add() {
            made++;
            UsageReport report = new UsageReport(usage, UsageSource.PROVIDER, null, "stop", null, -1, List.of());
            var cost = prices.cost("openai", model, report, Instant.ofEpochMilli(at));
            assertThat(cost.isPriced()).isTrue();
            rows.add(new UsageRow(
                    RequestIds.next(at),
                    1,
                    true,
                    at,
                    "key",
                    Tags.of(tags),
                    new UsageRow.Call("openai-chat", Operation.GENERATE, false, "openai", model, model),
                    new UsageRow.Decisions("direct", null, "miss", cap, source),
                    new Metered(report, cost),
                    UsageRow.Savings.none(cost.nanos()),
                    new UsageRow.Latency(1, 2, 3),
                    200,
                    end,
                    prompt));
        }
    }

    private static PromptFacts facts(long request, long prefix, int prefixBytes, long document, int documentBytes) {
        return new PromptFacts(request, prefix, prefixBytes, 0, 20_000, 2, 0, document, documentBytes);
    }

    private List<Finding> found() {
        try (SqliteRowStore store = SqliteRowStore.open(data, () -> Instant.ofEpochMilli(NOW))) {
            store.write(rows);
            return new WasteFinder(data, prices, () -> Instant.ofEpochMilli(NOW))
                    .find(new Period(START, NOW), ZoneId.of("UTC"), done -> {})
                    .findings();
        }
    }

    private void only(WasteKind kind, long requests, long nanos) {
        List<Finding> found = found();
        assertThat(found).extracting(Finding::kind).containsExactly(kind);
        assertThat(found.getFirst().requests()).isEqualTo(requests);
        assertThat(found.getFirst().usdMonthNanos()).isEqualTo(nanos * MONTHLY);
        assertThat(found.getFirst().examples())
                .isNotEmpty()
                .allMatch(id -> rows.stream().anyMatch(row -> row.requestId().equals(id)));
    }

    @Test
    void a_clean_ledger_has_none() {
        for (int i = 0; i < 200; i++) {
            Call call = new Call();
            call.tags.put("session", "s" + i / 5);
            call.prompt = facts(i + 1, 7, 5_000, 0, 0);
            call.usage = new Usage(700, 300, 0, 0, 100 + i, 0, 0, 0, 0, 0);
            call.add();
        }
        for (int i = 0; i < 50; i++) {
            Call call = new Call();
            call.model = "gpt-4o-mini";
            call.tags.put("task", "classify");
            call.usage = Usage.of(500, 5);
            call.cap = 16;
            call.source = "policy";
            call.add();
        }
        assertThat(found()).isEmpty();
    }

    @Test
    void an_empty_ledger_has_none() {
        assertThat(found()).isEmpty();
    }

    @Test
    void identical_requests_are_found() {
        for (int i = 0; i < 11; i++) {
            Call call = new Call();
            call.at = START + i * 60L * MINUTE;
            call.prompt = facts(99, 0, 0, 0, 0);
            call.add();
        }
        // 1,000 in and 200 out are 4.5 thousandths of a dollar; the first was needed.
        only(WasteKind.IDENTICAL_REQUESTS, 10, 10 * 4_500_000L);
    }

    @Test
    void identical_requests_of_different_keys_or_days_are_none() {
        for (int i = 0; i < 3; i++) {
            Call call = new Call();
            call.at = START + i * (DAY + MINUTE) - (i == 2 ? 10 * MINUTE : 0);
            call.prompt = facts(99, 0, 0, 0, 0);
            call.model = i == 2 ? "gpt-4o-mini" : "gpt-4o";
            call.add();
        }
        assertThat(found()).isEmpty();
    }

    @Test
    void an_expensive_model_on_simple_tasks_is_found() {
        for (int i = 0; i < 10; i++) {
            Call call = new Call();
            call.tags.put("task", "classify");
            call.usage = Usage.of(10_000, 10);
            call.add();
        }
        // 0.0251 less 0.001506 each
        only(WasteKind.EXPENSIVE_MODEL, 10, 10 * (25_100_000L - 1_506_000L));
    }

    @Test
    void answers_without_a_cap_are_found_by_their_long_tail() {
        for (int i = 0; i < 100; i++) {
            Call call = new Call();
            call.cap = -1;
            call.source = null;
            call.usage = Usage.of(1_000, i < 98 ? 100 : 10_150);
            call.add();
        }
        // A cap of 150 would have saved 10,000 tokens twice.
        only(WasteKind.NO_CAP, 100, 2 * 100_000_000L);
    }

    @Test
    void a_cap_far_above_use_is_told_of_without_an_amount() {
        for (int i = 0; i < 20; i++) {
            Call call = new Call();
            call.cap = 4096;
            call.source = "caller";
            call.add();
        }
        only(WasteKind.LOOSE_CAP, 20, 0);
    }

    @Test
    void a_stable_prefix_that_misses_the_providers_cache_is_found() {
        for (int i = 0; i < 11; i++) {
            Call call = new Call();
            call.at = START + i * 4L * MINUTE;
            call.usage = Usage.of(8_000, 100);
            call.prompt = facts(i + 1, 77, 10_000, 0, 0);
            call.add();
        }
        // Half of 8,000 tokens at half of the price, ten times.
        only(WasteKind.UNCACHED_PREFIX, 10, 10 * 4_000 * 1_250L);
    }

    @Test
    void history_that_grows_without_bound_is_found() {
        for (int i = 0; i < 20; i++) {
            Call call = new Call();
            call.at = START + i * MINUTE;
            call.tags.put("session", "run");
            call.usage = Usage.of((i + 1) * 1_000L, 100);
            call.add();
        }
        // Prompts of 16 to 20 thousand, where the tenth had 10.
        only(WasteKind.GROWING_HISTORY, 5, (6 + 7 + 8 + 9 + 10) * 1_000 * 2_500L);
    }

    @Test
    void a_document_sent_again_and_again_is_found() {
        for (int i = 0; i < 11; i++) {
            Call call = new Call();
            call.at = START + i * 60L * MINUTE;
            call.usage = Usage.of(8_000, 100);
            call.prompt = facts(i + 1, 0, 0, 55, 15_000);
            call.add();
        }
        only(WasteKind.REPEATED_DOCUMENT, 10, 10 * 6_000 * 1_250L);
    }

    @Test
    void long_answers_read_for_one_value_are_found() {
        for (int i = 0; i < 5; i++) {
            Call call = new Call();
            call.model = "gpt-4o-mini";
            call.tags.put("task", "extract");
            call.usage = Usage.of(100, 1_256);
            call.cap = 2_000;
            call.add();
        }
        only(WasteKind.LONG_OUTPUT, 5, 5 * 1_000 * 600L);
    }

    @Test
    void retries_and_loops_are_found() {
        for (int i = 0; i < 5; i++) {
            Call call = new Call();
            call.at = START + i * MINUTE;
            call.tags.put("session", "loop");
            call.prompt = facts(99, 0, 0, 0, 0);
            call.add();
        }
        only(WasteKind.RETRIES_AND_LOOPS, 4, 4 * 4_500_000L);
    }

    @Test
    void a_request_again_after_its_caller_left_is_a_retry() {
        for (int i = 0; i < 4; i++) {
            Call call = new Call();
            call.at = START + (i / 2) * DAY + (i % 2) * MINUTE;
            call.end = i % 2 == 0 ? End.CLIENT_GONE : End.COMPLETE;
            call.prompt = facts(98 + i / 2, 0, 0, 0, 0);
            call.add();
        }
        only(WasteKind.RETRIES_AND_LOOPS, 2, 2 * 4_500_000L);
    }

    @Test
    void a_verbose_system_prompt_is_found() {
        for (int i = 0; i < 10; i++) {
            Call call = new Call();
            call.usage = new Usage(2_000, 8_000, 0, 0, 100, 0, 0, 0, 0, 0);
            call.prompt = new PromptFacts(i + 1, 3, 32_000, 32_000, 40_000, 2, 0, 0, 0);
            call.add();
        }
        // 8,000 tokens; half of what is above 2,000, at the price of cached input.
        only(WasteKind.VERBOSE_SYSTEM_PROMPT, 10, 10 * 3_000 * 1_250L);
    }

    @Test
    void formats_neutralise_what_callers_wrote() {
        for (int i = 0; i < 11; i++) {
            Call call = new Call();
            call.at = START + i * 60L * MINUTE;
            call.tags.put("feature", "a|b\u001b[2J");
            call.prompt = facts(99, 0, 0, 0, 0);
            call.add();
        }
        WasteReport report = new WasteReport(
                Instant.ofEpochMilli(START), Instant.ofEpochMilli(NOW), ZoneId.of("Europe/Berlin"), found());
        assertThat(WasteFormat.TABLE.write(report))
                .doesNotContain("\u001b")
                .contains("0.45 USD/month", "(Europe/Berlin)");
        assertThat(WasteFormat.MD.write(report)).contains("a\\|b");
        assertThat(WasteFormat.JSON.write(report))
                .startsWith("{\"from\":\"2026-10-25T09:00:00Z\",\"to\":\"2026-10-28T09:00:00Z\","
                        + "\"time_zone\":\"Europe/Berlin\",\"rows\":[{\"kind\":\"identical_requests\"")
                .contains("\"usd_month_nanos\":450000000,\"estimated\":true,\"requests\":10");
    }
}
