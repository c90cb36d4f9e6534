package io.tollgate.server.config.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.price.PriceCatalogueBuilder;
import io.tollgate.core.price.Vendor;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInPricesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final PricesFile FILE = PricesFile.builtIn();
    private static final PriceCatalogue CATALOGUE = catalogue();

    private static PriceCatalogue catalogue() {
        PriceCatalogueBuilder builder = PriceCatalogue.builder();
        FILE.addTo(builder);
        return builder.provider("openai", null, "api.openai.com", Family.OPENAI)
                .provider("groq", null, "api.groq.com", Family.OPENAI)
                .provider("anthropic", null, "api.anthropic.com", Family.ANTHROPIC)
                .provider("gemini", null, "generativelanguage.googleapis.com", Family.GEMINI)
                .provider("mixed", null, "openrouter.ai", Family.OPENAI)
                .build();
    }

    private static Price price(String provider, String model, Instant at) {
        return Objects.requireNonNull(CATALOGUE.price(provider, model, at), model + " at " + at);
    }

    @Test
    void every_row_has_a_known_vendor_a_day_a_source_and_a_date_it_was_checked() {
        Set<String> vendors = FILE.vendors().stream().map(Vendor::name).collect(Collectors.toSet());

        assertThat(FILE.prices()).hasSizeGreaterThan(200).allSatisfy(price -> {
            assertThat(vendors).contains(price.vendor());
            assertThat(price.effectiveFrom()).isNotNull();
            assertThat(price.source()).matches("(litellm|genai|vendor|recorded)(, (litellm|genai|vendor|recorded))*");
            assertThat(price.checked()).isBetween(LocalDate.parse("2026-08-01"), LocalDate.parse("2026-11-22"));
        });
    }

    @Test
    void versions_are_unique() {
        assertThat(FILE.prices().stream().map(Price::version)).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0} {1} at {2}: {3} in, {4} read, {5} out")
    @CsvSource({
        "openai, gpt-5.6-sol, 2026-08-20T23:59:59Z, 5, 0.5, 30",
        "openai, gpt-5.6-sol, 2026-08-21T00:00:00Z, 4, 0.4, 20",
        "openai, gpt-6-luna, 2026-11-22T00:00:00Z, 0.1, 0.01, 0.5",
        "openai, o3-2025-04-16, 2025-06-09T23:59:59Z, 10, 2.5, 40",
        "openai, o3-2025-04-16, 2025-06-10T00:00:00Z, 2, 0.5, 8",
        "anthropic, claude-sonnet-5-5, 2026-10-06T23:59:59Z, 2, 0.2, 10",
        "anthropic, claude-sonnet-5-5, 2026-10-07T00:00:00Z, 2, 0.1, 10",
        "anthropic, claude-fable-5-1, 2026-11-22T00:00:00Z, 10, 0.25, 50",
        "gemini, gemini-3.8-flash, 2026-12-31T23:59:59Z, 0.75, 0.075, 3.75",
        "gemini, gemini-3.8-flash, 2027-01-01T00:00:00Z, 1.5, 0.15, 7.5",
        "mixed, anthropic/claude-4.5-haiku-20251001, 2026-11-22T00:00:00Z, 1, 0.1, 5",
        "azure, gpt-35-turbo, 2026-11-22T00:00:00Z, 0.5, 0.5, 1.5",
        "vertex, claude-sonnet-4-5@20250929, 2026-11-22T00:00:00Z, 3, 0.3, 15"
    })
    void rates_follow_the_calendar(String provider, String model, Instant at, double in, double read, double out) {
        assertThat(price(provider, model, at).tariff().rates())
                .satisfies(rates -> assertThat(rates.input()).isEqualTo(Math.round(in * 1e6)))
                .satisfies(rates -> assertThat(rates.cacheRead()).isEqualTo(Math.round(read * 1e6)))
                .satisfies(rates -> assertThat(rates.output()).isEqualTo(Math.round(out * 1e6)));
    }

    @ParameterizedTest(name = "{0} {1} with a prompt of {2}: {3} nano-dollars")
    @CsvSource({
        "openai, gpt-5.4, 271999, 679997500",
        "openai, gpt-5.4, 272000, 1360000000",
        "openai, gpt-6-sol, 272000, 544000000",
        "openai, gpt-6-sol, 272001, 1088004000",
        "gemini, gemini-2.5-pro, 200000, 250000000",
        "gemini, gemini-2.5-pro, 200001, 500002500",
        "anthropic, claude-haiku-5-5, 100000, 10000000",
        "anthropic, claude-haiku-5-5, 100001, 50000500",
        "anthropic, claude-sonnet-4-6, 900000, 2700000000",
        "xai, grok-4.3, 199999, 249998750",
        "xai, grok-4.3, 200000, 500000000"
    })
    void long_prompts_are_repriced_whole_from_the_edge_each_vendor_names(
            String provider, String model, long prompt, long nanos) {
        assertThat(price(provider, model, NOW)
                        .cost(Usage.of(prompt, 0), null, NOW)
                        .nanos())
                .isEqualTo(nanos);
    }

    @ParameterizedTest(name = "deepseek-v4-flash at {0}: {1}")
    @CsvSource({
        "2026-08-16T02:00:00Z, 140000000",
        "2026-08-17T00:00:00Z, 220000000",
        "2026-08-17T02:00:00Z, 440000000",
        "2026-08-22T02:00:00Z, 440000000",
        "2026-08-23T02:00:00Z, 220000000",
        "2026-11-20T05:00:00Z, 220000000",
        "2026-11-20T06:00:00Z, 440000000",
        "2026-11-21T06:00:00Z, 220000000"
    })
    void deepseek_costs_twice_as_much_at_peak_hours_of_working_days(Instant at, long nanos) {
        assertThat(price("deepseek", "deepseek-v4-flash", at)
                        .cost(Usage.of(1_000_000, 0), null, at)
                        .nanos())
                .isEqualTo(nanos);
    }

    @ParameterizedTest(name = "{0} served as {1} costs {2}")
    @CsvSource({
        "openai, gpt-4o, batch, 1250000000",
        "openai, gpt-4o, priority, 4250000000",
        "openai, gpt-4o-mini, priority, 250000000",
        "openai, o4-mini, priority, 2000000000",
        "openai, gpt-5, flex, 625000000",
        "anthropic, claude-opus-4-6, fast, 30000000000",
        "anthropic, claude-opus-4-8, fast+us, 11000000000",
        "anthropic, claude-sonnet-4-5, batch, 3000000000",
        "gemini, gemini-2.5-pro, ON_DEMAND_PRIORITY, 4500000000"
    })
    void service_tiers_cost_what_the_lists_say(String provider, String model, String tier, long nanos) {
        assertThat(price(provider, model, NOW)
                        .cost(Usage.of(1_000_000, 0), tier, NOW)
                        .nanos())
                .isEqualTo(nanos);
    }

    @Test
    void web_searches_cost_ten_dollars_a_thousand() {
        Cost cost = price("anthropic", "claude-sonnet-5", NOW).cost(new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0, 3), null, NOW);

        assertThat(cost.nanos()).isEqualTo(30_000_000);
    }

    @Test
    void models_know_their_cap_and_what_they_refuse() {
        assertThat(price("openai", "gpt-5-mini-2025-08-07", NOW).traits())
                .satisfies(traits -> assertThat(traits.capField()).isEqualTo("max_completion_tokens"))
                .satisfies(traits -> assertThat(traits.refuses()).contains("max_tokens", "temperature"))
                .satisfies(traits -> assertThat(traits.context()).isEqualTo(400_000));
        assertThat(price("anthropic", "claude-haiku-5-5", NOW).traits())
                .satisfies(traits -> assertThat(traits.refuses()).contains("temperature", "prefill"))
                .satisfies(traits -> assertThat(traits.cachedInInput()).isFalse());
        assertThat(price("gemini", "gemini-2.5-flash", NOW).traits().reasoningInOutput())
                .isFalse();
    }

    @Test
    void bare_models_go_to_the_provider_that_makes_them() {
        assertThat(CATALOGUE.providersOf("gpt-4o", NOW)).startsWith("openai");
        assertThat(CATALOGUE.providersOf("claude-sonnet-4-5-20250929", NOW)).startsWith("anthropic");
        assertThat(CATALOGUE.providersOf("gemini-2.5-flash", NOW)).startsWith("gemini");
        assertThat(CATALOGUE.providersOf("llama-3.3-70b-versatile", NOW)).containsExactly("groq");
        assertThat(CATALOGUE.providersOf("openai/gpt-oss-120b", NOW)).containsExactly("groq");
        assertThat(CATALOGUE.providersOf("my-own-model", NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o-search-preview",
        "openai, gpt-7",
        "openai, gpt-4o-realtime-preview",
        "gemini, gemini-2.5-flash-image",
        "groq, groq/compound",
        "groq, gpt-4o",
        "openrouter, z-ai/glm-4.6"
    })
    void what_nobody_lists_is_unpriced(String provider, String model) {
        assertThat(CATALOGUE.price(provider, model, NOW)).isNull();
    }
}
