package io.tollgate.budget.usagelog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillTest {
    /** What the product promises. */
    private static final long LOST_AT_MOST_MILLIS = 100;

    @TempDir
    Path data;

    private record Finished(String id, long millis) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void nothing_that_was_finished_100_ms_before_a_kill_is_missing(int rowsPerMilli) throws Exception {
        Path said = data.resolve("finished.txt");
        Process child = start(rowsPerMilli, said);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(said) > 0);
        await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
        assertThat(child.isAlive()).as("the writer runs").isTrue();
        long killedAt = System.currentTimeMillis();
        child.destroyForcibly();
        assertThat(child.waitFor()).as("exit code of a killed process").isEqualTo(137);
        List<Finished> finished =
                Files.readAllLines(said).stream().flatMap(KillTest::parse).toList();

        SqliteRowStore.open(data, InstantSource.system()).close();
        Set<String> kept = kept();
        List<Finished> missing = finished.stream()
                .filter(row -> row.millis() < killedAt - LOST_AT_MOST_MILLIS && !kept.contains(row.id()))
                .toList();
        assertThat(missing)
                .as("of %d rows, %d kept, killed at %d", finished.size(), kept.size(), killedAt)
                .isEmpty();
        assertThat(kept.size()).isGreaterThan(500);
        long rows = new LedgerReader(data)
                .usage(new UsageQuery(Period.EVER, Map.of(), List.of(), null, ZoneOffset.UTC))
                .total()
                .requests();
        assertThat(rows).isEqualTo(kept.size());
    }

    private Process start(int rowsPerMilli, Path said) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        data.toString(),
                        Integer.toString(rowsPerMilli))
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The kill may cut the last line. */
    private static Stream<Finished> parse(String line) {
        String[] parts = line.split(" ");
        return parts.length == 2 && parts[1].length() == 13
                ? Stream.of(new Finished(parts[0], Long.parseLong(parts[1])))
                : Stream.empty();
    }

    private Set<String> kept() throws SQLException {
        Set<String> ids = new HashSet<>();
        try (Connection connection = LedgerFile.in(data).openToRead();
                Statement statement = connection.createStatement()) {
            try (ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
                assertThat(check.getString(1)).isEqualTo("ok");
            }
            try (ResultSet rows = statement.executeQuery("SELECT request_id FROM usage_row")) {
                while (rows.next()) {
                    assertThat(ids.add(rows.getString(1)))
                            .as("%s is stored once", rows.getString(1))
                            .isTrue();
                }
            }
        }
        return ids;
    }
}
