package io.tollgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.RequestIds;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReportCommandTest {
    private static final long AT = Instant.parse("2026-10-31T23:30:00Z").toEpochMilli();

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int report(String... options) {
        List<String> args = new ArrayList<>(List.of("report"));
        args.addAll(List.of(options));
        CommandLine line = CommandLines.of(List.of(new ReportCommand()));
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(args.toArray(String[]::new));
    }

    private static UsageRow row(String team, Cost cost) {
        return new UsageRow(
                RequestIds.next(AT),
                1,
                true,
                AT,
                null,
                Tags.of(Map.of("team", team)),
                new UsageRow.Call("openai-chat", Operation.GENERATE, false, "openai", "gpt-4o", "gpt-4o"),
                UsageRow.Decisions.NONE,
                new Metered(
                        new UsageReport(Usage.of(600, 200), UsageSource.PROVIDER, null, null, null, -1, List.of()),
                        cost),
                UsageRow.Savings.none(cost.nanos()),
                new UsageRow.Latency(200, 1_000, 2_000),
                200,
                End.COMPLETE);
    }

    @Test
    void it_reads_the_ledger_while_the_gateway_writes_it() {
        try (SqliteRowStore store = SqliteRowStore.open(data, InstantSource.system())) {
            store.write(List.of(row("checkout", new Cost(4_000_000, "v1")), row("search", Cost.UNPRICED)));
            assertThat(report(
                            "--data",
                            data.toString(),
                            "--timezone",
                            "Europe/Berlin",
                            "--by",
                            "team",
                            "--from",
                            "2026-11-01",
                            "--to",
                            "2026-11-01",
                            "--format",
                            "csv"))
                    .isZero();
        }
        assertThat(out.toString().lines())
                .containsExactly(
                        "team,requests,attempts,input_tokens,cache_read_tokens,cache_write_tokens,output_tokens,"
                                + "reasoning_tokens,cost_usd,baseline_usd,saved_usd,unpriced,errors,refused,cache_hits,"
                                + "p50_ms,p95_ms",
                        "checkout,1,1,600,0,0,200,0,0.004,0.004,0.00,0,0,0,0,2.0,2.0",
                        "search,1,1,600,0,0,200,0,0.00,0.00,0.00,1,0,0,0,2.0,2.0");
        assertThat(err.toString()).startsWith("WARNING: 1 of 2 attempts have no known price");
    }

    @Test
    void data_directory_and_time_zone_come_from_the_configuration() throws Exception {
        SqliteRowStore store = SqliteRowStore.open(data.resolve("ledger"), InstantSource.system());
        store.write(List.of(row("checkout", new Cost(4_000_000, "v1"))));
        store.close();
        Path config = data.resolve("tollgate.yaml");
        Files.writeString(
                config,
                "data_dir: " + data.resolve("ledger") + "\ntimezone: Europe/Berlin\n"
                        + "providers: {openai: {dialect: openai, base_url: https://api.openai.com}}\n");
        assertThat(report("--config", config.toString(), "--by", "", "--bucket", "day", "--where", "team=checkout"))
                .as(err::toString)
                .isZero();
        assertThat(out.toString())
                .contains("(Europe/Berlin)")
                .contains("\n2026-11-01 ")
                .contains("0.004");
    }

    @Test
    void a_directory_without_a_ledger_is_a_failure_that_names_it() {
        assertThat(report("--data", data.toString(), "--timezone", "UTC")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).startsWith("tollgate: no ledger at " + data).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--by, colour, cannot group by 'colour'",
        "--from, soon, 'soon' is no moment",
        "--bucket, minute, 'minute' is no bucket",
        "--format, pdf, pdf",
        "--timezone, Mars/Olympus, expected a time zone",
        "--where, colour=red, cannot group by 'colour'"
    })
    void a_wrong_option_is_bad_usage_and_says_what_was_expected(String option, String value, String message) {
        assertThat(report("--data", data.toString(), option, value)).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(err.toString()).contains(message).hasLineCount(1);
    }
}
