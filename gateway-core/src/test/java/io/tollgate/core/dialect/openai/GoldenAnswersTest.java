package io.tollgate.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folder {@code golden} is the specification: an answer as its host sends it, and what must be read from it. */
class GoldenAnswersTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/tollgate/core/dialect/openai/golden");

    static List<String> goldens() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".answer"))
                    .map(name -> name.substring(0, name.length() - ".answer".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void what_is_read_is_as_written_down_wherever_the_answer_is_cut(String golden) throws Exception {
        Map<String, String> expected = expected(golden);
        String name = Objects.requireNonNull(expected.remove("dialect"));
        byte[] answer = Files.readAllBytes(FOLDER.resolve(golden + ".answer"));

        assertThat(read(Answers.dialect(name), answer)).isEqualTo(expected);
        for (int cut = 0; cut <= answer.length; cut++) {
            assertThat(read(Answers.dialect(name), answer, cut))
                    .as("cut at byte %d", cut)
                    .isEqualTo(expected);
        }
        int[] everywhere = IntStream.range(0, answer.length).toArray();
        assertThat(read(Answers.dialect(name), answer, everywhere)).isEqualTo(expected);
    }

    private static Map<String, String> expected(String golden) throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve(golden + ".expected"))) {
            int colon = line.indexOf(": ");
            expected.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return expected;
    }

    private static Map<String, String> read(Dialect dialect, byte[] answer, int... cuts) {
        UsageReader reader = Answers.reader(dialect);
        UsageReport report = Answers.read(reader, 200, answer, End.COMPLETE, cuts);
        Map<String, String> found = new LinkedHashMap<>();
        found.put("source", report.source().name());
        found.put("model", String.valueOf(report.model()));
        found.put("finish", String.valueOf(report.finish()));
        found.put("tier", String.valueOf(report.serviceTier()));
        for (RecordComponent count : Usage.class.getRecordComponents()) {
            found.put(count.getName(), valueOf(count, report.usage()));
        }
        found.put("cost", Long.toString(report.statedCostNanos()));
        found.put("text", Long.toString(reader.outputBytesSeen()));
        found.values().removeIf(value -> List.of("null", "0", "-1").contains(value));
        return found;
    }

    private static String valueOf(RecordComponent count, Usage usage) {
        try {
            return String.valueOf(count.getAccessor().invoke(usage));
        } catch (ReflectiveOperationException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
