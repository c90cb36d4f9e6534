package io.tollgate.core.price;

import static io.tollgate.core.price.Rows.NOW;
import static io.tollgate.core.price.Rows.cached;
import static io.tollgate.core.price.Rows.multiplied;
import static io.tollgate.core.price.Rows.rates;
import static io.tollgate.core.price.Rows.tiered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.core.usage.Usage;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TariffTest {
    private static final Tariff SIXES =
            tiered(rates("2.5", "15", "0.25"), new Tier(272_000, rates("5", "22.5", "0.5")));
    private static final Tariff OVER_200K =
            tiered(rates("1.25", "10", "0.125"), new Tier(200_001, rates("2.5", "15", "0.25")));

    @Test
    void the_issue_s_example_costs_what_it_says() {
        Tariff mini = Tariff.flat(rates("0.15", "0.6", "0.075"));

        assertThat(mini.nanos(cached(600, 400, 0, 0, 200), null, NOW)).isEqualTo(240_000);
    }

    @Test
    void a_cached_token_of_the_cheapest_model_is_ten_nano_dollars_and_half_of_it_five() {
        Tariff luna = multiplied(rates("0.1", "0.5", "0.01"), Map.of("batch", Factor.parse("0.5")));

        assertThat(luna.nanos(cached(0, 1, 0, 0, 0), null, NOW)).isEqualTo(10);
        assertThat(luna.nanos(cached(0, 1, 0, 0, 0), "batch", NOW)).isEqualTo(5);
    }

    @ParameterizedTest(name = "{0} tokens at 0.0005 USD per million are {1} nano-dollars")
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "0, 0"})
    void halves_are_rounded_up_once_for_the_whole_request(long tokens, long nanos) {
        Tariff tariff = Tariff.flat(Rates.usd("0.0005", "0.0005"));

        assertThat(tariff.nanos(Usage.of(tokens, 0), null, NOW)).isEqualTo(nanos);
    }

    @Test
    void parts_are_not_rounded_one_by_one() {
        Tariff tariff = Tariff.flat(Rates.usd("0.0004", "0.0004"));

        assertThat(tariff.nanos(Usage.of(1, 1), null, NOW))
                .as("0.4 + 0.4 nano-dollars")
                .isEqualTo(1);
    }

    @ParameterizedTest(name = "of {0}, {1} is unknown")
    @CsvSource({
        "default,",
        "standard,",
        "ON_DEMAND,",
        "batch,",
        "ON_DEMAND_BATCH,",
        "standard+us,",
        "turbo, turbo",
        "standard+turbo, turbo",
        "batch+us+moon, moon"
    })
    void a_tier_that_is_neither_usual_nor_listed_is_named(String tier, String unknown) {
        Tariff tariff =
                multiplied(rates("1", "1", "1"), Map.of("batch", Factor.parse("0.5"), "us", Factor.parse("1.1")));

        assertThat(tariff.unknownTerm(tier)).isEqualTo(unknown);
    }

    @ParameterizedTest(name = "a prompt of {0} with 1000 output tokens costs {1}")
    @CsvSource({"271999, 694997500", "272000, 1382500000", "272001, 1382505000"})
    void a_tier_from_272000_begins_at_exactly_272000(long prompt, long nanos) {
        assertThat(SIXES.nanos(Usage.of(prompt, 1000), null, NOW)).isEqualTo(nanos);
    }

    @ParameterizedTest(name = "a prompt of {0} with 1000 output tokens costs {1}")
    @CsvSource({"200000, 260000000", "200001, 515002500"})
    void a_tier_over_200000_begins_behind_200000(long prompt, long nanos) {
        assertThat(OVER_200K.nanos(Usage.of(prompt, 1000), null, NOW)).isEqualTo(nanos);
    }

    @Test
    void the_size_a_tier_looks_at_counts_what_was_cached() {
        Usage mostlyCached = cached(1, 199_000, 500, 500, 0);

        assertThat(OVER_200K.ratesFor(mostlyCached).input()).isEqualTo(2_500_000);
        assertThat(OVER_200K.ratesFor(cached(0, 199_000, 500, 500, 9_999_999)).input())
                .isEqualTo(1_250_000);
    }

    @Test
    void the_highest_tier_reached_counts_in_whatever_order_they_are_written() {
        Tariff three =
                tiered(rates("1", "1", "1"), new Tier(10, rates("2", "1", "1")), new Tier(100, rates("3", "1", "1")));

        assertThat(three.ratesFor(Usage.of(9, 0)).input()).isEqualTo(1_000_000);
        assertThat(three.ratesFor(Usage.of(99, 0)).input()).isEqualTo(2_000_000);
        assertThat(three.ratesFor(Usage.of(100, 0)).input()).isEqualTo(3_000_000);
    }

    @ParameterizedTest(name = "{0} multiplies to {1}")
    @CsvSource({
        "batch, 50",
        "BATCH, 50",
        "priority, 167",
        "ON_DEMAND_PRIORITY, 167",
        "standard, 100",
        "default, 100",
        "on_demand, 100",
        "batch+us, 55",
        "priority+fast+us, 1100",
        "nonsense, 100",
        "'', 100",
        "+++++++++++, 100"
    })
    void the_answer_s_service_tier_multiplies_token_prices(String tier, long nanos) {
        Tariff tariff = multiplied(
                Rates.usd("0.1", "0.1"),
                Map.of(
                        "batch", Factor.parse("0.5"),
                        "priority", Factor.parse("5/3"),
                        "fast", Factor.parse("6"),
                        "us", Factor.parse("1.1")));

        assertThat(tariff.nanos(Usage.of(1, 0), tier, NOW)).isEqualTo(nanos);
    }

    @Test
    void tools_cost_the_same_in_every_tier() {
        Tariff tariff = new Tariff(
                Rates.usd("1", "1"),
                List.of(),
                Map.of("batch", Factor.parse("0.5")),
                List.of(),
                PerUse.usdPerThousand(BigDecimal.TEN, BigDecimal.ONE));
        Usage usage = new Usage(1000, 0, 0, 0, 0, 0, 0, 0, 0, 3);

        assertThat(tariff.nanos(usage, null, NOW)).isEqualTo(1_000_000 + 3 * 10_000_000 + 1_000_000);
        assertThat(tariff.nanos(usage, "batch", NOW)).isEqualTo(500_000 + 3 * 10_000_000 + 1_000_000);
    }

    @ParameterizedTest(name = "at {0} a token costs {1}")
    @CsvSource({
        "2026-11-20T00:59:59Z, 100",
        "2026-11-20T01:00:00Z, 200",
        "2026-11-20T03:59:59.999Z, 200",
        "2026-11-20T04:00:00Z, 100",
        "2026-11-20T06:00:00Z, 200",
        "2026-11-20T09:59:59Z, 200",
        "2026-11-20T10:00:00Z, 100",
        "2026-11-21T07:00:00Z, 100",
        "2026-11-22T07:00:00Z, 100",
        "2026-11-23T07:00:00Z, 200"
    })
    void peak_hours_hold_on_their_days_from_their_first_minute_to_before_their_last(String at, long nanos) {
        EnumSet<DayOfWeek> workdays = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        Factor twice = Factor.parse("2");
        Tariff tariff = new Tariff(
                Rates.usd("0.1", "0.1"),
                List.of(),
                Map.of(),
                List.of(new PeakHours(60, 240, workdays, twice), new PeakHours(360, 600, workdays, twice)),
                PerUse.NOTHING);

        assertThat(tariff.nanos(Usage.of(1, 0), null, Instant.parse(at))).isEqualTo(nanos);
    }

    @Test
    void audio_and_thinking_are_billed_apart_where_a_list_says_so() {
        Rates rates = Rates.usd(
                new BigDecimal("1"),
                new BigDecimal("2"),
                new BigDecimal("0.5"),
                null,
                null,
                new BigDecimal("10"),
                new BigDecimal("5"),
                new BigDecimal("20"),
                new BigDecimal("3"));
        Usage usage = new Usage(100, 50, 0, 0, 40, 7, 10, 20, 5, 0);

        assertThat(rates.of(usage))
                .isEqualTo(1_000_000L * (90 + 10 * 10 + 20 * 5 + 5 * 20 + 7 * 3 + 28 * 2) + 500_000L * 30);
    }

    @Test
    void kinds_a_list_does_not_name_cost_what_they_are_part_of() {
        Rates rates = Rates.usd("3", "15");

        assertThat(rates)
                .isEqualTo(new Rates(
                        3_000_000,
                        15_000_000,
                        3_000_000,
                        3_000_000,
                        3_000_000,
                        3_000_000,
                        3_000_000,
                        15_000_000,
                        15_000_000));
    }

    @Test
    void counts_that_contradict_each_other_never_make_a_cost_negative() {
        Tariff tariff = Tariff.flat(rates("1", "2", "0.1"));
        Usage nonsense = new Usage(-138, 515, -1, -1, 10, 99, 7, 9999, 9999, -5);

        assertThat(tariff.nanos(nonsense, null, NOW)).isEqualTo(515 * 100 + 10 * 2000);
    }

    @Test
    void an_amount_no_long_can_hold_is_the_largest_long() {
        Tariff tariff = multiplied(Rates.usd("1000000", "1000000"), Map.of("priority", Factor.parse("2")));
        Usage absurd = new Usage(
                Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, 0, 0, 9);

        assertThat(tariff.nanos(absurd, null, NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(tariff.nanos(absurd, "priority", NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(SIXES.ratesFor(absurd))
                .as("a prompt whose sum overflows is long")
                .isEqualTo(rates("5", "22.5", "0.5"));
    }

    @Test
    void sums_beyond_a_long_of_pico_dollars_stay_exact() {
        Tariff tariff = multiplied(Rates.usd("150", "600"), Map.of("us", Factor.parse("1.1")));
        Usage year = Usage.of(1_000_000_000_000L, 1_000_000_000_001L);

        assertThat(tariff.nanos(year, "us", NOW)).isEqualTo(825_000_000_000_660_000L);
    }

    @ParameterizedTest
    @CsvSource({"-1", "0.0000001", "1000001"})
    void a_price_that_is_negative_too_fine_or_absurd_is_refused_by_value(String usd) {
        assertThatThrownBy(() -> Rates.usd(usd, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(new BigDecimal(usd).toPlainString())
                .hasMessageContaining("at most 6 decimal places");
    }

    @ParameterizedTest
    @CsvSource({"-0.5", "1/0", "5/-3", "x", "''", "0.123456", "1e999999999", "99999", "1/3/4"})
    void a_factor_that_is_none_is_refused_by_value(String text) {
        assertThatThrownBy(() -> Factor.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void a_version_names_the_row_and_changes_with_its_content_only() {
        Price row = Rows.row("openai", "gpt-4o", "2024-10-02", "2.5", "10");

        assertThat(row.version()).matches("openai/gpt-4o@2024-10-02#[0-9a-f]{8}");
        assertThat(Rows.row("openai", "gpt-4o", "2024-10-02", "2.50", "10.0").version())
                .isEqualTo(row.version());
        assertThat(Rows.row("openai", "gpt-4o", "2024-10-02", "2.5", "11").version())
                .isNotEqualTo(row.version());
    }
}
