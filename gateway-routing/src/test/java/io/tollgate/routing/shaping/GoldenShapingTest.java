package io.tollgate.routing.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.routing.shaping.history.HistoryLimit;
import io.tollgate.routing.shaping.text.Strategy;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A folder of requests and of what becomes of them, by dialect and lever. {@code levers.properties} says what is on. */
class GoldenShapingTest {
    private static final Path FOLDER = Path.of("src/test/resources/shaping");

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER, 2)) {
            return files.filter(file -> Files.exists(file.resolve("request.json")))
                    .sorted()
                    .toList();
        }
    }

    private static String dialect(Path folder) {
        return FOLDER.relativize(folder).getName(0).toString();
    }

    private static Levers levers(Path folder) throws IOException {
        Properties told = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("levers.properties"))) {
            told.load(reader);
        }
        return new Levers(
                new HistoryLimit(
                        Integer.parseInt(told.getProperty("turns", "" + Integer.MAX_VALUE)),
                        Long.parseLong(told.getProperty("turnTokens", "" + Long.MAX_VALUE)),
                        1),
                Long.parseLong(told.getProperty("tokens", "" + Long.MAX_VALUE)),
                Strategy.valueOf(told.getProperty("strategy", "relevant").toUpperCase(Locale.ROOT)),
                Boolean.parseBoolean(told.getProperty("trim")),
                Set.of());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_request_becomes_the_edited_one_byte_for_byte(Path folder) throws IOException {
        Request request = Request.of(dialect(folder), Files.readString(folder.resolve("request.json")));
        String edited = request.after(levers(folder));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(folder.resolve("edited.json"), edited);
        }
        assertThat(edited).isEqualTo(Files.readString(folder.resolve("edited.json")));
    }

    @Test
    void every_dialect_has_a_case_of_every_lever() throws IOException {
        List<String> names = cases().stream()
                .map(folder ->
                        dialect(folder) + " " + folder.getFileName().toString().split("-")[0])
                .toList();
        for (String dialect : Request.DIALECTS) {
            assertThat(names).contains(dialect + " history", dialect + " trim", dialect + " truncate");
        }
    }

    @Test
    void nothing_that_is_on_changes_a_prompt_it_need_not() {
        Levers all = new Levers(new HistoryLimit(40, 10_000, 10), 10_000, Strategy.RELEVANT, true, Set.of());
        String json = "{\"model\":\"m\" , \"messages\":[ {\"role\":\"system\",\"content\":\"Be brief.\"},"
                + "{\"role\":\"user\",\"content\":\"Please  go\"}]}";
        Request request = Request.of("openai-chat", json);
        assertThat(request.shaped(all).edits()).isEmpty();
        assertThat(request.after(all)).isEqualTo(json);
    }
}
