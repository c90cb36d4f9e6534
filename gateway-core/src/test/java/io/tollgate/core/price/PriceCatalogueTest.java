package io.tollgate.core.price;

import static io.tollgate.core.price.Rows.NOW;
import static io.tollgate.core.price.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import io.tollgate.core.usage.UsageSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceCatalogueTest {
    private final PriceCatalogueBuilder builder = PriceCatalogue.builder()
            .vendor(new Vendor("openai", List.of("api.openai.com", "*.api.openai.com"), List.of(), Map.of(), false))
            .vendor(new Vendor("azure", List.of("*.openai.azure.com"), List.of("openai"), Map.of(), false))
            .vendor(new Vendor("anthropic", List.of("api.anthropic.com"), List.of(), Map.of(), false))
            .vendor(new Vendor("gemini", List.of("generativelanguage.googleapis.com"), List.of(), Map.of(), false))
            .vendor(new Vendor("groq", List.of("api.groq.com"), List.of(), Map.of(), false))
            .vendor(new Vendor(
                    "openrouter",
                    List.of("openrouter.ai"),
                    List.of(),
                    Map.of("openai", "openai", "anthropic", "anthropic"),
                    true))
            .add(row("openai", "gpt-4o", "2024-10-02", "2.5", "10"))
            .add(row("openai", "gpt-4o-2024-05-13", "2024-05-13", "5", "15"))
            .add(row("openai", "gpt-4o-mini", "2024-07-18", "0.15", "0.6"))
            .add(row("openai", "ft:gpt-4o-2024-*", "2024-08-20", "3.75", "15"))
            .add(row("openai", "ft:gpt-4o-mini-2024-*", "2024-07-23", "0.3", "1.2"))
            .add(row("openai", "gpt-5.6-sol", "2026-07-01", "5", "30"))
            .add(row("openai", "gpt-5.6-sol", "2026-08-21", "4", "20"))
            .add(row("anthropic", "claude-sonnet-4-5", "2025-09-29", "3", "15"))
            .add(row("anthropic", "claude-opus-4-6", "2026-02-05", "5", "25"))
            .add(row("gemini", "gemini-2.5-pro", "2025-06-17", "1.25", "10"))
            .add(row("groq", "llama-3.3-70b-versatile", "2024-12-06", "0.59", "0.79"))
            .add(row("openrouter", "*:free", "2023-01-01", "0", "0"));

    private @Nullable String version(String provider, String model) {
        Price price = builder.build().price(provider, model, NOW);
        return price == null ? null : price.version().replaceAll("#.*", "");
    }

    private long input(String provider, String model, Instant at) {
        return Objects.requireNonNull(builder.build().price(provider, model, at), model)
                .tariff()
                .rates()
                .input();
    }

    private static UsageReport report(@Nullable String model, long statedNanos, OtherModelUsage... others) {
        return new UsageReport(
                Usage.of(1000, 100), UsageSource.PROVIDER, model, "stop", null, statedNanos, List.of(others));
    }

    @ParameterizedTest(name = "{0} {1} → {2}")
    @CsvSource({
        "openai, gpt-4o, openai/gpt-4o@2024-10-02",
        "openai, gpt-4o-2024-08-06, openai/gpt-4o@2024-10-02",
        "openai, gpt-4o-2024-05-13, openai/gpt-4o-2024-05-13@2024-05-13",
        "openai, gpt-4o-mini-2024-07-18, openai/gpt-4o-mini@2024-07-18",
        "openai, GPT-4o-Mini, openai/gpt-4o-mini@2024-07-18",
        "openai, openai/gpt-4o, openai/gpt-4o@2024-10-02",
        "openai, ft:gpt-4o-2024-08-06:acme::abc, openai/ft:gpt-4o-2024-*@2024-08-20",
        "openai, ft:gpt-4o-mini-2024-07-18:acme::abc, openai/ft:gpt-4o-mini-2024-*@2024-07-23",
        "anthropic, claude-sonnet-4-5-20250929, anthropic/claude-sonnet-4-5@2025-09-29",
        "anthropic, claude-sonnet-4-5-latest, anthropic/claude-sonnet-4-5@2025-09-29",
        "anthropic, claude-sonnet-4-5@20250929, anthropic/claude-sonnet-4-5@2025-09-29",
        "gemini, models/gemini-2.5-pro, gemini/gemini-2.5-pro@2025-06-17",
        "gemini, gemini-2.5-pro-001, gemini/gemini-2.5-pro@2025-06-17",
        "azure, gpt-4o, openai/gpt-4o@2024-10-02",
        "openrouter, openai/gpt-4o, openai/gpt-4o@2024-10-02",
        "openrouter, anthropic/claude-sonnet-4.5, anthropic/claude-sonnet-4-5@2025-09-29",
        "openrouter, meta-llama/llama-3.2-3b-instruct:free, openrouter/*:free@2023-01-01"
    })
    void dated_prefixed_and_respelt_names_find_their_row(String provider, String model, String version) {
        assertThat(version(provider, model)).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o-audio-preview",
                "gpt-4o-mini-search-preview",
                "gpt-4",
                "gpt-4o-",
                "gpt-4o-202",
                "claude-sonnet-4-5",
                "",
                "-latest",
                "@",
                "ft:"
            })
    void a_name_that_only_begins_like_another_has_no_price(String model) {
        assertThat(version("openai", model)).isNull();
    }

    @Test
    void endless_names_are_nobody_s_model() {
        assertThat(version("openai", "gpt-4o" + "-2024".repeat(100_000))).isNull();
    }

    @Test
    void a_pattern_of_many_stars_does_not_hang() {
        builder.add(row("openai", "a*a*a*a*a*a*a*b", "2024-01-01", "1", "1"));

        assertThat(version("openai", "a".repeat(250))).isNull();
    }

    @ParameterizedTest(name = "at {0}: {1}")
    @CsvSource({"2026-08-20T23:59:59.999Z, 5000000", "2026-08-21T00:00:00Z, 4000000", "2026-11-22T00:00:00Z, 4000000"})
    void the_row_in_force_is_the_newest_one_begun(Instant at, long picos) {
        assertThat(input("openai", "gpt-5.6-sol", at)).isEqualTo(picos);
    }

    @Test
    void before_its_first_row_a_model_has_no_price() {
        assertThat(builder.build().price("openai", "gpt-5.6-sol", Instant.parse("2026-06-30T00:00:00Z")))
                .isNull();
    }

    @Test
    void a_closer_name_whose_price_is_yet_to_come_leaves_the_general_one_in_force() {
        builder.add(row("openai", "gpt-4o-2024-08-06", "2027-01-01", "9", "9"));

        assertThat(version("openai", "gpt-4o-2024-08-06")).isEqualTo("openai/gpt-4o@2024-10-02");
    }

    @Test
    void a_user_s_row_of_the_same_vendor_name_and_day_wins() {
        builder.add(row("openai", "gpt-4o", "2024-10-02", "2", "8"));

        assertThat(input("openai", "gpt-4o", NOW)).isEqualTo(2_000_000);
        assertThat(builder.build().rows())
                .filteredOn(row -> row.models().contains("gpt-4o"))
                .hasSize(1);
    }

    @Test
    void an_older_row_of_a_user_s_is_history_and_an_undated_one_displaces_all() {
        builder.add(row("openai", "gpt-5.6-sol", "2026-01-01", "9", "9"));
        assertThat(version("openai", "gpt-5.6-sol")).isEqualTo("openai/gpt-5.6-sol@2026-08-21");

        builder.add(new Price(
                "openai",
                List.of("gpt-5.6-sol"),
                null,
                "our contract",
                null,
                Tariff.flat(Rates.usd("1", "2")),
                ModelTraits.UNKNOWN));
        assertThat(version("openai", "gpt-5.6-sol")).isEqualTo("openai/gpt-5.6-sol@always");
    }

    @Test
    void overriding_one_name_of_a_row_leaves_its_other_names() {
        builder.add(row("openai", List.of("gpt-5", "gpt-5-codex"), "2025-08-07", Tariff.flat(Rates.usd("1.25", "10"))));
        builder.add(row("openai", "gpt-5", "2025-08-07", "1", "1"));
        PriceCatalogue catalogue = builder.build();

        assertThat(catalogue.price("openai", "gpt-5-codex", NOW)).isNotEqualTo(catalogue.price("openai", "gpt-5", NOW));
    }

    @Test
    void a_configured_provider_bills_as_the_vendor_its_setting_host_or_name_says() {
        builder.provider("fast", null, "API.groq.com", Family.OPENAI)
                .provider("openai", null, "localhost", Family.OPENAI)
                .provider("eu", null, "eu.api.openai.com", Family.OPENAI)
                .provider("deployments", null, "acme.openai.azure.com", Family.OPENAI)
                .provider("mirror", "groq", "mirror.example", Family.OPENAI)
                .provider("groq", null, "evil-api.groq.com.example", Family.OPENAI);

        assertThat(version("fast", "llama-3.3-70b-versatile")).startsWith("groq/");
        assertThat(version("fast", "gpt-4o")).isNull();
        assertThat(version("openai", "gpt-4o")).startsWith("openai/");
        assertThat(version("eu", "gpt-4o")).startsWith("openai/");
        assertThat(version("deployments", "gpt-4o")).startsWith("openai/");
        assertThat(version("mirror", "llama-3.3-70b-versatile")).startsWith("groq/");
        assertThat(version("groq", "llama-3.3-70b-versatile")).startsWith("groq/");
    }

    @Test
    void a_proxy_of_unknown_name_and_host_bills_as_the_vendor_whose_language_it_speaks() {
        builder.provider("proxy", null, "10.0.0.7", Family.ANTHROPIC)
                .provider("local", null, "localhost", Family.OPENAI)
                .add(row("local", "my-llama", "2026-01-01", "0", "0"));

        assertThat(version("proxy", "claude-sonnet-4-5")).startsWith("anthropic/");
        assertThat(version("local", "my-llama")).startsWith("local/");
        assertThat(version("local", "gpt-4o")).startsWith("openai/");
        assertThat(version("local", "llama-3.3-70b-versatile")).isNull();
    }

    @Test
    void a_provider_named_like_a_vendor_but_reached_at_another_bills_as_the_other() {
        builder.provider("openai", null, "api.groq.com", Family.OPENAI);

        assertThat(version("openai", "llama-3.3-70b-versatile")).startsWith("groq/");
        assertThat(version("openai", "gpt-4o")).isNull();
    }

    @Test
    void an_entry_in_the_configuration_sets_price_and_limits_at_its_provider_only() {
        builder.add(new Price(
                        "openai",
                        List.of("gpt-5"),
                        Instant.parse("2025-08-07T00:00:00Z")
                                .atZone(java.time.ZoneOffset.UTC)
                                .toLocalDate(),
                        null,
                        null,
                        Tariff.flat(Rates.usd("1.25", "10")),
                        new ModelTraits(
                                400_000,
                                128_000,
                                1024,
                                null,
                                "max_completion_tokens",
                                Set.of("max_tokens"),
                                true,
                                true)))
                .provider("openai", null, "api.openai.com", Family.OPENAI)
                .provider("azure", null, "acme.openai.azure.com", Family.OPENAI)
                .model("openai", "gpt-5", Tariff.flat(Rates.usd("1", "8")), -1, 64_000)
                .model("azure", "gpt-4o", null, 100_000, -1);
        PriceCatalogue catalogue = builder.build();

        assertThat(version("openai", "gpt-5")).isEqualTo("openai/gpt-5@always");
        assertThat(version("azure", "gpt-5")).isEqualTo("openai/gpt-5@2025-08-07");
        assertThat(catalogue.traits("openai", "gpt-5", NOW))
                .isEqualTo(new ModelTraits(
                        400_000, 64_000, 1024, null, "max_completion_tokens", Set.of("max_tokens"), true, true));
        assertThat(version("azure", "gpt-4o"))
                .as("limits alone leave the price")
                .isEqualTo("openai/gpt-4o@2024-10-02");
        assertThat(catalogue.traits("azure", "gpt-4o", NOW).context()).isEqualTo(100_000);
        assertThat(catalogue.traits("openai", "gpt-4o", NOW)).isEqualTo(ModelTraits.UNKNOWN);
        assertThat(catalogue.providersOf("gpt-4o", NOW)).containsExactly("azure", "openai");
    }

    @Test
    void the_provider_of_a_model_is_the_one_with_the_closest_row_of_its_own() {
        builder.provider("azure", null, "acme.openai.azure.com", Family.OPENAI)
                .provider("groq", null, "api.groq.com", Family.OPENAI)
                .provider("openai", null, "api.openai.com", Family.OPENAI)
                .provider("anthropic", null, "api.anthropic.com", Family.ANTHROPIC)
                .provider("catch-all", null, "localhost", Family.OPENAI)
                .add(row("catch-all", "*", "2020-01-01", "0", "0"));
        PriceCatalogue catalogue = builder.build();

        assertThat(catalogue.providersOf("gpt-4o", NOW)).startsWith("openai", "azure");
        assertThat(catalogue.providersOf("llama-3.3-70b-versatile", NOW)).startsWith("groq");
        assertThat(catalogue.providersOf("claude-opus-4-6", NOW)).containsExactly("anthropic", "catch-all");
        assertThat(catalogue.providersOf("never-heard-of", NOW)).containsExactly("catch-all");
    }

    @Test
    void a_model_without_a_price_is_unpriced_and_named() {
        PriceCatalogue catalogue = builder.build();

        Cost cost = catalogue.cost("openai", "gpt-9\nfake log line", report(null, -1), NOW);

        assertThat(cost).isEqualTo(Cost.UNPRICED);
        assertThat(cost.isPriced()).isFalse();
        assertThat(catalogue.unpricedModels()).containsExactly("openai/gpt-9?fake log line");
        assertThat(catalogue.cost("nowhere", "gpt-4o", report(null, -1), NOW)).isEqualTo(Cost.UNPRICED);
        assertThat(catalogue.cost("openai", null, report(null, -1), NOW)).isEqualTo(Cost.UNPRICED);
    }

    @Test
    void made_up_names_do_not_fill_the_memory_of_unpriced_ones() {
        PriceCatalogue catalogue = builder.build();
        for (int i = 0; i < 5000; i++) {
            catalogue.cost("openai", "made-up-" + i, report(null, -1), NOW);
        }

        assertThat(catalogue.unpricedModels()).hasSize(1000);
        assertThat(catalogue.price("openai", "gpt-4o", NOW)).isNotNull();
    }

    @Test
    void the_model_that_answered_decides_and_a_name_without_a_row_falls_back_to_the_one_sent() {
        PriceCatalogue catalogue = builder.build();

        assertThat(catalogue
                        .cost("azure", "our-deployment", report("gpt-4o-mini-2024-07-18", -1), NOW)
                        .nanos())
                .isEqualTo(150_000 + 60_000);
        assertThat(catalogue
                        .cost("openai", "gpt-4o", report("gpt-4o-internal-build", -1), NOW)
                        .nanos())
                .isEqualTo(2_500_000 + 1_000_000);
    }

    @Test
    void other_models_within_an_answer_cost_what_their_own_rows_say() {
        PriceCatalogue catalogue = builder.build();
        OtherModelUsage advisor = new OtherModelUsage("claude-opus-4-6", Usage.of(100, 10));
        OtherModelUsage again = new OtherModelUsage("claude-opus-4-6", Usage.of(100, 10));
        OtherModelUsage unknown = new OtherModelUsage("claude-unknown", Usage.of(100, 10));

        Cost cost = catalogue.cost("anthropic", "claude-sonnet-4-5", report(null, -1, advisor, again), NOW);
        Cost partly = catalogue.cost("anthropic", "claude-sonnet-4-5", report(null, -1, unknown), NOW);

        assertThat(cost.nanos()).isEqualTo(3_000_000 + 1_500_000 + 2 * (500_000 + 250_000));
        assertThat(cost.priceVersion())
                .matches("anthropic/claude-sonnet-4-5@2025-09-29#\\w+\\+anthropic/claude-opus-4-6@2026-02-05#\\w+");
        assertThat(partly.nanos()).isEqualTo(4_500_000);
        assertThat(partly.priceVersion()).endsWith("+unpriced");
        assertThat(catalogue.unpricedModels()).containsExactly("anthropic/claude-unknown");
    }

    @Test
    void a_stated_cost_counts_where_no_row_is_known_or_the_vendor_has_no_list_prices() {
        PriceCatalogue catalogue = builder.build();
        Cost stated = new Cost(777, PriceCatalogue.STATED);

        assertThat(catalogue.cost("groq", "unheard-of", report(null, 777), NOW)).isEqualTo(stated);
        assertThat(catalogue.cost("openrouter", "openai/gpt-4o", report(null, 777), NOW))
                .isEqualTo(stated);
        assertThat(catalogue.cost("openai", "gpt-4o", report(null, 777), NOW).nanos())
                .isEqualTo(3_500_000);
        assertThat(catalogue.cost("groq", "unheard-of", report(null, 0), NOW))
                .as("a stated 0 of a model without a row is no price")
                .isEqualTo(Cost.UNPRICED);
        assertThat(catalogue
                        .cost("openrouter", "x/y:free", report(null, 0), NOW)
                        .nanos())
                .isZero();
        assertThat(catalogue
                        .cost("openrouter", "x/y:free", report(null, 0), NOW)
                        .isPriced())
                .isTrue();
    }

    @Test
    void an_entry_without_a_provider_sets_the_price_wherever_the_model_is_and_leaves_where_it_goes() {
        builder.provider("azure", null, "acme.openai.azure.com", Family.OPENAI)
                .provider("openai", null, "api.openai.com", Family.OPENAI)
                .model(null, "gpt-4o", Tariff.flat(Rates.usd("1", "1")), 1000, -1);
        PriceCatalogue catalogue = builder.build();

        assertThat(version("azure", "gpt-4o")).isEqualTo("models/gpt-4o@always");
        assertThat(version("openai", "gpt-4o")).isEqualTo("models/gpt-4o@always");
        assertThat(catalogue.traits("openai", "gpt-4o", NOW).context()).isEqualTo(1000);
        assertThat(catalogue.providersOf("gpt-4o", NOW)).containsExactly("openai", "azure");
    }

    @Test
    void a_call_that_counted_nothing_bought_nothing_if_its_model_has_a_price() {
        PriceCatalogue catalogue = builder.build();

        assertThat(catalogue.cost("openai", "gpt-4o", UsageReport.NOTHING, NOW)).isEqualTo(Cost.NOTHING);
        assertThat(catalogue.cost("openai", "gpt-typo", UsageReport.NOTHING, NOW))
                .isEqualTo(Cost.UNPRICED);
        assertThat(catalogue.unpricedModels())
                .as("nothing was bought without a price")
                .isEmpty();
    }

    @Test
    void who_serves_a_model_follows_the_day_its_row_comes_into_force() {
        PriceCatalogue catalogue = builder.provider("openai", null, "api.openai.com", Family.OPENAI)
                .build();
        Instant first = Instant.parse("2026-07-01T00:00:00Z");
        assertThat(catalogue.providersOf("gpt-5.6-sol", first.minusMillis(1))).isEmpty();
        assertThat(catalogue.providersOf("gpt-5.6-sol", first)).containsExactly("openai");
        assertThat(catalogue.providersOf("gpt-5.6-sol", first.minusMillis(1))).isEmpty();
    }
}
