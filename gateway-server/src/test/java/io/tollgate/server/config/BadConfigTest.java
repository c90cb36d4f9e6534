package io.tollgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tollgate.server.config.yaml.Environment;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code NAME.yaml} is refused with exactly the lines of {@code NAME.problems}. */
class BadConfigTest {
    private static final Environment ENVIRONMENT = Environment.of(Map.of("WRONG_VARIABLE", "sk-not-shown"));

    static Stream<String> names() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_problem_is_reported_with_its_place_and_what_was_expected(String name) throws Exception {
        String text = Files.readString(folder().resolve(name));
        List<String> expected = Files.readAllLines(folder().resolve(name.replace(".yaml", ".problems")));

        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> new ConfigLoader(ENVIRONMENT, Overrides.NONE).parse(name, text, folder()));

        String message = Objects.requireNonNull(refused.getMessage());
        assertThat(message.lines()).containsExactlyElementsOf(expected);
        assertThat(message).doesNotContain("hunter2", "sk-not-shown", "this-is-the-key");
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(BadConfigTest.class.getResource("/config/bad"))
                .toURI());
    }
}
