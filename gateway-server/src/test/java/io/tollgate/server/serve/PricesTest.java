package io.tollgate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.LoadedConfig;
import io.tollgate.server.config.Overrides;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final String CONFIG = """
            providers:
              openai: {dialect: openai, base_url: "https://api.openai.com"}
              speedy: {dialect: openai, base_url: "https://api.groq.com/openai"}
              mirror: {dialect: openai, base_url: "http://127.0.0.1:1", catalogue: deepseek}
              local: {dialect: openai, base_url: "http://127.0.0.1:2"}
            prices: mine.yaml
            models:
              my-llama: {provider: local, price: {input: 0, output: 0}, context: 131072, max_output: 8192}
              gpt-4o: {price: {input: 2, output: 8}}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writePrices() throws Exception {
        Files.writeString(
                folder.resolve("mine.yaml"),
                "prices: [{provider: openai, model: gpt-4.1, rates: {input: 1, output: 4}}]\n");
    }

    private LoadedConfig load() throws ConfigException {
        return new ConfigLoader(variable -> null, Overrides.NONE).parse("tollgate.yaml", CONFIG, folder);
    }

    @Test
    void a_configuration_s_catalogue_is_the_built_in_one_with_its_files_and_models_over_it() throws Exception {
        PriceCatalogue catalogue = Prices.of(load().config());

        assertThat(version(catalogue, "openai", "gpt-4o-mini")).startsWith("openai/gpt-4o-mini@2024-07-18#");
        assertThat(version(catalogue, "openai", "gpt-4.1-2025-04-14")).startsWith("openai/gpt-4.1@always#");
        assertThat(version(catalogue, "openai", "gpt-4o")).startsWith("models/gpt-4o@always#");
        assertThat(version(catalogue, "speedy", "llama-3.3-70b-versatile")).startsWith("groq/");
        assertThat(version(catalogue, "mirror", "deepseek-v4-pro")).startsWith("deepseek/");
        assertThat(version(catalogue, "local", "my-llama")).startsWith("local/my-llama@always#");
        assertThat(catalogue.providersOf("my-llama", NOW)).containsExactly("local");
        assertThat(catalogue.traits("local", "my-llama", NOW).maxOutput()).isEqualTo(8192);
    }

    @Test
    void a_price_file_is_watched_and_its_problems_are_the_configuration_s() throws Exception {
        assertThat(load().secretFiles()).containsExactly(folder.resolve("mine.yaml"));

        Files.writeString(
                folder.resolve("mine.yaml"), "prices: [{provider: openai, model: m, rates: {input: 1, outptu: 4}}]\n");
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .anySatisfy(problem -> assertThat(problem.toString())
                                        .contains("mine.yaml:1:")
                                        .contains("did you mean \"output\"?")));

        Files.delete(folder.resolve("mine.yaml"));
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .anySatisfy(problem -> assertThat(problem.toString())
                                        .contains("mine.yaml")
                                        .contains("does not exist")));
    }

    private static String version(PriceCatalogue catalogue, String provider, String model) {
        Price price = catalogue.price(provider, model, NOW);
        return Objects.requireNonNull(price, model).version();
    }
}
