package io.tollgate.budget.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.Report;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.budget.report.UsageTable;
import io.tollgate.budget.rollup.RollUps;
import io.tollgate.budget.usagelog.RandomRows;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.budget.usagelog.sqlite.LedgerFile;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every format against a plain sum over the rows, for random ledgers around a change of the clocks. */
class ReportSumsTest {
    /** The clocks are set back on the 25th in Berlin, and on the 1st of November in New York. */
    private static final Instant NOW = Instant.parse("2026-11-03T09:17:23.456Z");

    @TempDir
    Path data;

    private long sql(Period period) throws Exception {
        try (Connection ledger = LedgerFile.in(data).openToRead();
                PreparedStatement select = ledger.prepareStatement(
                        "SELECT coalesce(sum(cost_nanos), 0) FROM usage_row WHERE at >= ? AND at < ?")) {
            select.setLong(1, period.from());
            select.setLong(2, period.to());
            ResultSet result = select.executeQuery();
            result.next();
            return result.getLong(1);
        }
    }

    private static long json(String text, String expression) throws Exception {
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
                PreparedStatement select = memory.prepareStatement("SELECT " + expression)) {
            select.setString(1, text);
            ResultSet result = select.executeQuery();
            result.next();
            return result.getLong(1);
        }
    }

    private static long nanos(String usd) {
        return new BigDecimal(usd.replace(",", "")).movePointRight(9).longValueExact();
    }

    /** The cells of a column, by RFC 4180. */
    private static List<String> column(String csv, String name) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted ? c == '"' && (i + 1 == csv.length() || csv.charAt(i + 1) != '"') : c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '"') {
                cell.append(csv.charAt(++i));
            } else if (!quoted && (c == ',' || c == '\n')) {
                line.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        int index = lines.getFirst().indexOf(name);
        assertThat(lines).allSatisfy(each -> assertThat(each).hasSameSizeAs(lines.getFirst()));
        return lines.stream().skip(1).map(each -> each.get(index)).toList();
    }

    private static long sum(String csv, String name) {
        return column(csv, name).stream().mapToLong(ReportSumsTest::nanos).sum();
    }

    /** What stands in the cost column of a text whose cells these expressions find, rows and total apart. */
    private static List<Long> cells(String text, String line, String cell, int column) {
        return Pattern.compile(line)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(found -> Pattern.compile(cell)
                        .matcher(found)
                        .results()
                        .map(each -> each.group(1).strip())
                        .toList()
                        .get(column))
                .map(ReportSumsTest::nanos)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "1, Europe/Berlin",
        "2, America/New_York",
        "3, Asia/Kolkata",
        "4, UTC",
        "5, Europe/Berlin",
        "6, America/New_York"
    })
    void all_formats_and_the_rows_agree_to_the_nano_dollar(long seed, ZoneId zone) throws Exception {
        RandomRows random = new RandomRows(seed);
        List<UsageRow> rows = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            rows.add(random.next(NOW.toEpochMilli() - 20L * 86_400_000, NOW.toEpochMilli()));
        }
        try (SqliteRowStore store = SqliteRowStore.open(data, () -> NOW);
                RollUps rollUps = new RollUps(data, zone, () -> NOW)) {
            store.write(rows.subList(0, 500));
            if (seed % 2 == 0) {
                rollUps.catchUp();
            }
            store.write(rows.subList(500, 600));
        }
        Period period = Period.parse("2026-10-22", "2026-11-01", zone, () -> NOW);
        long exact = sql(period);
        UsageQuery query = new UsageQuery(
                period, Map.of(), Dimension.list(seed < 4 ? "team,model" : "tag:cost center"), null, zone);
        LedgerReader reader = new LedgerReader(data);
        UsageTable before = reader.usage(new UsageQuery(period.before(zone), Map.of(), query.by(), null, zone));
        Report report = new Report(reader.usage(query), before, true, NOW.toEpochMilli());

        String csv = ReportFormat.CSV.write(report);
        assertThat(sum(csv, "cost_usd")).isEqualTo(exact);
        assertThat(sum(csv, "charge_usd")).isEqualTo((exact + 5_000_000) / 10_000_000 * 10_000_000);
        assertThat(before.total().costNanos()).isEqualTo(sql(period.before(zone)));

        String json = ReportFormat.JSON.write(report);
        assertThat(json(json, "json_extract(?1, '$.total.cost_nanos')")).isEqualTo(exact);
        assertThat(json(json, "(SELECT sum(json_extract(value, '$.cost_nanos')) FROM json_each(?1, '$.rows'))"))
                .isEqualTo(exact);
        assertThat(json(json, "(SELECT sum(json_extract(value, '$.charge_cents')) FROM json_each(?1, '$.rows'))"))
                .isEqualTo(json(json, "json_extract(?1, '$.charge_cents')"))
                .isEqualTo((exact + 5_000_000) / 10_000_000);

        int column = query.by().size() + 5;
        List<Long> md = cells(ReportFormat.MD.write(report), "(?m)^\\| (?!team \\||tag:).*\\|$", "\\| ([^|]*)", column);
        assertThat(md.getLast()).isEqualTo(exact);
        assertThat(md.stream().mapToLong(Long::longValue).sum()).isEqualTo(2 * exact);
        List<Long> html = cells(ReportFormat.HTML.write(report), "<tr><td.*?</tr>", "<td[^>]*>(.*?)</td>", column);
        assertThat(html.getLast()).isEqualTo(exact);
        assertThat(html.stream().mapToLong(Long::longValue).sum()).isEqualTo(2 * exact);

        String focus = ReportFormat.FOCUS.write(reader.usage(Focus.query(query)));
        for (String name : List.of("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")) {
            assertThat(sum(focus, name)).isEqualTo(exact);
        }
        for (String start : column(focus, "ChargePeriodStart")) {
            assertThat(Instant.parse(start).atZone(zone).toLocalTime().toSecondOfDay())
                    .isZero();
        }
        assertThat(column(focus, "ChargeCategory")).containsOnly("Usage");
        for (String tags : column(focus, "Tags")) {
            assertThat(json(tags, "json_valid(?1) AND json_type(?1) = 'object'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_day_of_25_hours_is_charged_as_one() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Period day = Period.parse("2026-10-25", "2026-10-25", berlin, () -> NOW);
        assertThat(day.to() - day.from()).isEqualTo(25 * 3_600_000L);
        Period before = day.before(berlin);
        assertThat(before.to() - before.from()).isEqualTo(24 * 3_600_000L);
        Period week = Period.lastWeek(berlin, () -> NOW);
        assertThat(LocalDate.ofInstant(Instant.ofEpochMilli(week.from()), berlin))
                .hasToString("2026-10-26");
        Period month = Period.lastMonth(berlin, () -> NOW);
        assertThat(LocalDate.ofInstant(Instant.ofEpochMilli(month.from()), berlin))
                .hasToString("2026-10-01");
        assertThat(LocalDate.ofInstant(Instant.ofEpochMilli(month.before(berlin).from()), berlin))
                .hasToString("2026-08-31");
    }
}
