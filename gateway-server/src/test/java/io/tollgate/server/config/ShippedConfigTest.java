package io.tollgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tollgate.core.dialect.Family;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.config.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedConfigTest {
    private static final Path FILE = Path.of("..", "config", "tollgate.yaml");
    private static final ConfigLoader LOADER = new ConfigLoader(Environment.of(Map.of()), Overrides.NONE);

    @Test
    void it_loads_with_an_empty_environment_and_switches_nothing_on() throws ConfigException {
        LoadedConfig loaded = LOADER.load(FILE);

        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.config().providers().values())
                .hasSizeGreaterThan(10)
                .allSatisfy(provider -> assertThat(provider.apiKey()).isNull());
        assertThat(loaded.config().keys()).isEmpty();
        assertThat(loaded.config().server().host()).isEqualTo("127.0.0.1");
        assertThat(loaded.config().alerts()).noneMatch(AlertConfig::isActive);
        for (Family family : Family.values()) {
            assertThat(Objects.requireNonNull(loaded.config().providers().get(family.wireName()))
                            .dialect())
                    .isEqualTo(family);
        }
    }

    @Test
    void its_commented_examples_are_valid_and_every_inactive_feature_among_them_is_named(@TempDir Path folder)
            throws Exception {
        Files.writeString(folder.resolve("my-prices.yaml"), "prices: []\n");
        LoadedConfig loaded = LOADER.parse("examples", withExamples(), folder);

        Config config = loaded.config();
        assertThat(config.budgets()).hasSize(2);
        assertThat(config.keys()).hasSize(1);
        assertThat(config.models()).hasSize(2);
        assertThat(config.routing()).hasSize(1);
        assertThat(loaded.warnings())
                .extracting(Problem::path)
                .containsExactlyElementsOf(InactiveFeatures.configuredIn(config));
    }

    @Test
    void mutations_of_it_are_never_met_with_anything_but_problems() throws IOException {
        String shipped = withExamples();
        for (long seed = 0; seed < 400; seed++) {
            String mutated = mutate(shipped, new Random(seed));
            assertThatCode(() -> {
                        try {
                            LOADER.parse("mutated", mutated, Path.of(""));
                        } catch (ConfigException e) {
                            assertThat(e.problems()).isNotEmpty();
                        }
                    })
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }

    private static String mutate(String text, Random random) {
        String alphabet = "{}[]:,-#&*!|>'\"%@`\n\t ?0aZ$~\\\u0000\u00e9\ud800";
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + random.nextInt(1, 40));
            switch (random.nextInt(4)) {
                case 0 -> mutated.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                case 1 -> mutated.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                case 2 -> mutated.delete(at, end);
                default -> mutated.insert(random.nextInt(mutated.length()), mutated.substring(at, end));
            }
        }
        return mutated.toString();
    }

    private static String withExamples() throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        return String.join(
                "\n",
                lines.stream()
                        .map(line -> line.startsWith("#  ") ? line.substring(1) : line)
                        .toList());
    }
}
