package io.tollgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.rollup.RollUps;
import io.tollgate.budget.usagelog.sqlite.LedgerFile;
import io.tollgate.server.gateway.SampleLedger;
import io.tollgate.server.gateway.TestGateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * A running gateway's API (which the dashboard shows), the report in its formats and a plain sum over the ledger's rows,
 * for random ledgers around the nights in which the clocks are set back: the 25th of October in Berlin, the 1st of
 * November in New York.
 */
class SumsAgreeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FROM = "2026-10-23";
    private static final String LAST_DAY = "2026-11-02";
    private static final Pattern CELL = Pattern.compile(",(\"(?:[^\"]|\"\")*\"|[^,]*)");

    private record Sums(long cost, long baseline, long attempts) {}

    private static Sums sql(Path data, Period period) throws Exception {
        try (Connection ledger = LedgerFile.in(data).openToRead();
                PreparedStatement select = ledger.prepareStatement("SELECT coalesce(sum(cost_nanos), 0),"
                        + " coalesce(sum(baseline_nanos), 0), count(*) FROM usage_row WHERE at >= ? AND at < ?")) {
            select.setLong(1, period.from());
            select.setLong(2, period.to());
            ResultSet result = select.executeQuery();
            result.next();
            return new Sums(result.getLong(1), result.getLong(2), result.getLong(3));
        }
    }

    private static JsonNode get(TestGateway gateway, String path) throws Exception {
        HttpResponse<String> answer = gateway.get(gateway.server().adminUrl() + "/api/v1/" + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static long sum(JsonNode rows, String field) {
        long sum = 0;
        for (JsonNode row : rows) {
            sum += row.get(field).asLong();
        }
        return sum;
    }

    private static String report(Path data, ZoneId zone, String format, String by) {
        StringWriter out = new StringWriter();
        CommandLine line = CommandLines.of(List.of(new ReportCommand()));
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()));
        assertThat(line.execute(
                        "report",
                        "--data",
                        data.toString(),
                        "--timezone",
                        zone.getId(),
                        "--from",
                        FROM,
                        "--to",
                        LAST_DAY,
                        "--format",
                        format,
                        "--by",
                        by))
                .isZero();
        return out.toString();
    }

    private static List<String> cells(String line) {
        return CELL.matcher("," + line).results().map(cell -> cell.group(1)).toList();
    }

    /** Nano-dollars in a column of dollars. */
    private static long column(String csv, String name) {
        List<String> lines = csv.lines().toList();
        int index = cells(lines.getFirst()).indexOf(name);
        return lines.stream()
                .skip(1)
                .map(line -> cells(line).get(index))
                .mapToLong(usd -> new BigDecimal(usd).movePointRight(9).longValueExact())
                .sum();
    }

    @ParameterizedTest
    @CsvSource({"11, Europe/Berlin", "12, America/New_York", "13, Asia/Kolkata", "14, UTC"})
    void api_report_and_rows_agree_to_the_nano_dollar(long seed, ZoneId zone) throws Exception {
        Path data = Files.createTempDirectory("tollgate-test");
        Instant end = Instant.parse("2026-11-05T12:00:00Z");
        SampleLedger.write(data, seed, 1_200, Instant.parse("2026-10-20T00:00:00Z"), end);
        if (seed % 2 == 0) {
            try (RollUps rollUps = new RollUps(data, zone, () -> end)) {
                rollUps.catchUp();
            }
        }
        Sums rows = sql(data, Period.parse(FROM, LAST_DAY, zone, InstantSource.system()));
        assertThat(rows.attempts()).isBetween(700L, 1_000L);
        try (TestGateway gateway = TestGateway.startOn(data, "timezone: " + zone + "\n")) {
            String period = "?from=" + FROM + "&to=" + LAST_DAY;
            for (String grouping : List.of(
                    "",
                    "&bucket=hour",
                    "&bucket=day",
                    "&bucket=week&by=team",
                    "&bucket=month",
                    "&by=team,feature,model",
                    "&by=user",
                    "&by=tag:cost%20center")) {
                String what = "seed " + seed + grouping;
                JsonNode usage = get(gateway, "usage" + period + grouping);
                assertThat(sum(usage.get("rows"), "cost_nanos")).as(what).isEqualTo(rows.cost());
                assertThat(sum(usage.get("rows"), "baseline_nanos")).as(what).isEqualTo(rows.baseline());
                assertThat(usage.get("total").get("cost_nanos").asLong())
                        .as(what)
                        .isEqualTo(rows.cost());
                JsonNode savings = get(gateway, "savings" + period + grouping);
                assertThat(savings.get("total").get("cost_nanos").asLong()).isEqualTo(rows.cost());
                assertThat(sum(savings.get("rows"), "cost_nanos")).as(what).isEqualTo(rows.cost());
                for (JsonNode row : savings.get("rows")) {
                    assertWaterfall(what, row, sum(row.get("levers"), "saved_nanos"));
                }
                JsonNode total = savings.get("total");
                assertThat(total.get("baseline_nanos").asLong()).isEqualTo(rows.baseline());
                assertWaterfall(what, total, sum(total.get("levers"), "saved_nanos"));
            }
            assertThat(requests(gateway, period)).as("seed %d", seed).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @CsvSource({"21, Europe/Berlin", "22, America/New_York"})
    void every_format_of_the_report_agrees_with_them(long seed, ZoneId zone) throws Exception {
        Path data = Files.createTempDirectory("tollgate-test");
        SampleLedger.write(
                data, seed, 1_200, Instant.parse("2026-10-20T00:00:00Z"), Instant.parse("2026-11-05T12:00:00Z"));
        Sums rows = sql(data, Period.parse(FROM, LAST_DAY, zone, InstantSource.system()));
        try (TestGateway gateway = TestGateway.startOn(data, "timezone: " + zone + "\n")) {
            for (String by : List.of("team,model", "user", "tag:cost center")) {
                String csv = report(data, zone, "csv", by);
                assertThat(column(csv, "cost_usd")).as(by).isEqualTo(rows.cost());
                assertThat(column(csv, "baseline_usd")).as(by).isEqualTo(rows.baseline());
                assertThat(column(csv, "baseline_usd") - column(csv, "saved_usd"))
                        .isEqualTo(rows.cost());
                assertThat(column(report(data, zone, "focus", by), "BilledCost"))
                        .as(by)
                        .isEqualTo(rows.cost());
                JsonNode json = JSON.readTree(report(data, zone, "json", by));
                assertThat(json.get("total").get("cost_nanos").asLong()).isEqualTo(rows.cost());
                assertThat(sum(json.get("rows"), "cost_nanos")).as(by).isEqualTo(rows.cost());
            }
            assertThat(get(gateway, "usage?from=" + FROM + "&to=" + LAST_DAY)
                            .get("total")
                            .get("cost_nanos")
                            .asLong())
                    .isEqualTo(rows.cost());
        }
    }

    /** Sums over all pages of rows, each of which adds up by itself. */
    private static Sums requests(TestGateway gateway, String period) throws Exception {
        Sums sums = new Sums(0, 0, 0);
        String before = "";
        do {
            JsonNode page = get(gateway, "requests" + period + "&limit=500&before=" + before);
            for (JsonNode row : page.get("rows")) {
                long cost = row.get("cost_nanos").asLong();
                assertWaterfall(row.get("request_id").asText(), row, sumOfMembers(row.get("saved_nanos")));
                sums = new Sums(
                        sums.cost() + cost,
                        sums.baseline() + row.get("baseline_nanos").asLong(),
                        sums.attempts() + 1);
            }
            before = page.get("next").isNull() ? "" : page.get("next").asText();
        } while (!before.isEmpty());
        return sums;
    }

    private static long sumOfMembers(JsonNode levers) {
        long sum = 0;
        for (JsonNode nanos : levers) {
            sum += nanos.asLong();
        }
        return sum;
    }

    private static void assertWaterfall(String what, JsonNode row, long saved) {
        assertThat(row.get("baseline_nanos").asLong() - saved)
                .as(what)
                .isEqualTo(row.get("cost_nanos").asLong());
    }

    @Test
    void every_row_of_traffic_with_all_levers_at_work_adds_up_exactly() throws Exception {
        long seed = 5;
        Random random = new Random(seed);
        try (TestGateway gateway = TestGateway.start("""
                cache: {exact: {enabled: true, ttl: 1h, max_size: 16MiB, scope: global}}
                routing:
                  - {name: mini, when: {model: [gpt-4o], task: [classify]}, use: [gpt-4o-mini]}
                output: {by_task: {extract: 16}, learn: {enabled: true, factor: 1.5, quantile: 0.95, min_samples: 5}}
                shaping: {prompt_cache: {enabled: true}}
                """)) {
            List<String> levers = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                String question =
                        "Question " + random.nextInt(20) + "? " + "Background. ".repeat(random.nextInt(3) * 700);
                boolean claude = random.nextBoolean();
                String model = claude ? "claude-sonnet-4-5" : random.nextInt(3) == 0 ? "gpt-4o-mini" : "gpt-4o";
                String body = "{\"model\":\"" + model + "\"," + (claude ? "\"max_tokens\":200," : "") + "\"stream\":"
                        + random.nextBoolean() + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + question
                        + "\"}]}";
                HttpResponse<String> answer = gateway.post(
                        claude ? "/v1/messages" : "/v1/chat/completions",
                        body,
                        "x-tollgate-task",
                        List.of("classify", "extract", "translate").get(random.nextInt(3)));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
            gateway.rows(120);
            JsonNode total = get(gateway, "savings").get("total");
            assertWaterfall("seed " + seed, total, sum(total.get("levers"), "saved_nanos"));
            total.get("levers").forEach(lever -> {
                if (lever.get("saved_nanos").asLong() != 0) {
                    levers.add(lever.get("name").asText());
                }
            });
            assertThat(levers).contains("cache", "routing");
            Sums rows = requests(gateway, "?from=2020-01-01");
            assertThat(rows.attempts()).isEqualTo(120);
            assertThat(total.get("cost_nanos").asLong()).isEqualTo(rows.cost());
            assertThat(total.get("baseline_nanos").asLong()).isEqualTo(rows.baseline());
        }
    }
}
