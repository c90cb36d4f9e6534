package io.tollgate.server.config.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.price.PriceCatalogueBuilder;
import io.tollgate.server.config.yaml.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final String ROW = """
            prices:
              - provider: openai
                model: m
                effective_from: 2026-01-01
                rates: {input: 1, output: 2, cache_read: 0.1}
            """;

    private static List<String> problems(String text) {
        return PricesFile.parse("my.yaml", text, List.of()).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void a_row_says_everything_a_price_can_say() {
        PricesFile file = PricesFile.parse("my.yaml", """
                vendors:
                  acme: {hosts: [api.acme.example], dialect: openai, cap_field: max_completion_tokens, accounting: {reasoning_in_output: false}}
                prices:
                  - provider: acme
                    model: [m-1, "m-1-*"]
                    effective_from: 2026-02-03
                    source: a contract
                    checked: 2026-11-22
                    rates: {input: 1, output: 2, cache_read: 0.1, audio_in: 5}
                    tiers:
                      - {over: 100k, rates: {input: 2, output: 4, cache_read: 0.2, audio_in: 10}}
                      - {from: 500k, rates: {input: 3, output: 6, cache_read: 0.3, audio_in: 15}}
                    multipliers: {batch: 0.5, priority: 5/3}
                    regions: {us: 1.1}
                    peak_hours: [{utc: "01:00-04:00", days: [mon, sun], times: 2}, {utc: "20:00-24:00", times: 0.5}]
                    per_use: {web_search_per_1k: 10, request_per_1k: 0.5}
                    limits: {context: 1M, max_output: 128k, min_cache: 1024}
                    accounting: {cached_in_input: false}
                    refuses: [max_tokens, thinking.budget_tokens]
                """, List.of());

        assertThat(file.problems()).isEmpty();
        Price price = file.prices().getFirst();
        assertThat(price.version()).startsWith("acme/m-1@2026-02-03#");
        assertThat(price.source()).isEqualTo("a contract");
        assertThat(price.tariff().tiers()).extracting(tier -> tier.from()).containsExactly(500_000L, 100_001L);
        assertThat(price.tariff().multipliers()).containsOnlyKeys("batch", "priority", "us");
        assertThat(price.tariff().peaks()).hasSize(2);
        assertThat(price.tariff().perUse().webSearch()).isEqualTo(10_000_000_000L);
        assertThat(price.traits().context()).isEqualTo(1_000_000);
        assertThat(price.traits().capField()).isEqualTo("max_completion_tokens");
        assertThat(price.traits().refuses()).isEqualTo(Set.of("max_tokens", "thinking.budget_tokens"));
        assertThat(price.traits().cachedInInput()).isFalse();
        assertThat(price.traits().reasoningInOutput()).isFalse();
    }

    @ParameterizedTest(name = "{0} → {2}")
    @CsvSource(delimiter = '|', textBlock = """
            output: 2        | otput: 2                     | 5:23: prices[0].rates.otput is not a known key, did you mean "output"?
            output: 2, cache | cache                        | 5:12: prices[0].rates.output is missing; expected USD per million tokens
            input: 1         | input: -1                    | 5:20: prices[0].rates.input is "-1", expected USD per million tokens
            input: 1         | input: 0.0000001             | 5:20: prices[0].rates.input is "0.0000001", expected USD per million tokens
            input: 1         | input: free                  | 5:20: prices[0].rates.input is "free", expected USD per million tokens
            input: 1         | input: 1, input: 2           | 5:23: prices[0].rates.input is given twice, first in line 5
            2026-01-01       | 2026-13-01                   | 4:21: prices[0].effective_from is "2026-13-01", expected a day, such as 2026-11-22
            model: m         | modell: m                    | prices[0].modell is not a known key, did you mean "model"?
            provider: openai | provider:                    | prices[0].provider is missing
            0.1}             | 0.1, cache_raed: 1}          | did you mean "cache_read"?
            """)
    void a_mistake_is_reported_with_line_path_value_and_what_was_expected(String right, String wrong, String problem) {
        assertThat(problems(ROW.replace(right, wrong)))
                .anySatisfy(found -> assertThat(found).startsWith("my.yaml:").contains(problem));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
            tiers: [{over: 1k, rates: {input: 1, output: 2}}]               | prices[0].tiers[0].rates leaves out cache_read
            tiers: [{rates: {input: 1, output: 2, cache_read: 1}}]          | prices[0].tiers[0] expected either over:
            tiers: [{over: 1, from: 2, rates: {input: 1, output: 2, cache_read: 1}}] | prices[0].tiers[0] expected either over:
            tiers: [{over: 1, rates: {input: 1, output: 2, cache_read: 1}}, {from: 2, rates: {input: 1, output: 2, cache_read: 1}}] | prices[0].tiers[1] begins where another tier
            multipliers: {batch: cheap}                                     | prices[0].multipliers.batch is "cheap", expected a factor
            multipliers: {bulk: 0.5}                                        | prices[0].multipliers.bulk is not a known key
            peak_hours: [{utc: 04:00-01:00, times: 2}]                      | prices[0].peak_hours[0].utc is "04:00-01:00", expected hours of a UTC day
            peak_hours: [{utc: 01:00-25:00, times: 2}]                      | prices[0].peak_hours[0].utc is "01:00-25:00"
            peak_hours: [{utc: 01:00-02:00}]                                | prices[0].peak_hours[0].times is missing
            peak_hours: [{utc: 01:00-02:00, times: 2, days: [monday]}]      | is "monday", expected one of mon, tue
            limits: {context: many}                                         | prices[0].limits.context is "many", expected a count
            refuses: [Max Tokens]                                           | prices[0].refuses[0] is "Max Tokens", expected a member's name
            """)
    void mistakes_in_what_is_optional_are_reported_too(String line, String problem) {
        assertThat(problems(ROW + "    " + line + "\n"))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void all_problems_are_collected() {
        assertThat(problems(ROW.replace("input: 1", "input: x").replace("output: 2", "output: y") + "pries: []\n"))
                .hasSize(3);
    }

    @Test
    void two_rows_for_one_model_and_day_are_refused() {
        assertThat(problems(ROW + ROW.substring(ROW.indexOf('\n') + 1)))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem).contains("openai/m from 2026-01-01 a second time, first in line 2"));
    }

    @Test
    void a_vendor_that_borrows_from_nobody_known_is_refused() {
        assertThat(problems("vendors: {acme: {same_as: [openia]}, openai: {}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("openia").contains("did you mean \"openai\"?"));
    }

    @Test
    void a_user_s_file_overrides_and_adds(@TempDir Path folder) throws Exception {
        PricesFile builtIn = PricesFile.builtIn();
        Path file = folder.resolve("prices.yaml");
        Files.writeString(file, """
                prices:
                  - {provider: openai, model: gpt-4o-mini, rates: {input: 0.1, output: 0.5}}
                  - {provider: my-vllm, model: llama-70b, effective_from: 2026-01-01, rates: {input: 0, output: 0}}
                """);
        PricesFile users = PricesFile.load(file, variable -> null);
        PriceCatalogueBuilder builder = PriceCatalogue.builder();
        builtIn.addTo(builder);
        users.addTo(builder);
        PriceCatalogue catalogue = builder.build();

        assertThat(users.problems()).isEmpty();
        assertThat(version(catalogue, "openai", "gpt-4o-mini-2024-07-18")).startsWith("openai/gpt-4o-mini@always#");
        assertThat(version(catalogue, "openai", "gpt-4o")).startsWith("openai/gpt-4o@2024-08-06#");
        assertThat(version(catalogue, "my-vllm", "llama-70b")).startsWith("my-vllm/llama-70b@2026-01-01#");
    }

    private static String version(PriceCatalogue catalogue, String provider, String model) {
        return Objects.requireNonNull(catalogue.price(provider, model, NOW), model)
                .version();
    }
}
