package io.tollgate.budget.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.report.Bucket;
import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import io.tollgate.core.usage.Usage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportFormatTest {
    private static final Map<String, Long> SAVED =
            new TreeMap<>(Map.of("cache", 2_000_000_000L, "routing", 62_000_000L));

    private static UsageSummary row(
            @Nullable String bucket,
            long requests,
            long cost,
            Map<String, Long> saved,
            long unpriced,
            @Nullable String... group) {
        long baseline =
                cost + saved.values().stream().mapToLong(Long::longValue).sum();
        return new UsageSummary(
                Arrays.asList(group),
                bucket,
                requests,
                requests + 1,
                new Usage(1_234_567 * requests, 400, 10, 20, 200, 50, 0, 0, 0, 3),
                cost,
                baseline,
                saved,
                unpriced,
                2,
                1,
                4,
                requests,
                1_890_049,
                requests == 0 ? -1 : 4_000_000);
    }

    private static UsageTable table(long unpriced) {
        UsageQuery query = new UsageQuery(
                new Period(
                        Instant.parse("2026-10-31T23:00:00Z").toEpochMilli(),
                        Instant.parse("2026-11-30T23:00:00Z").toEpochMilli()),
                Map.of(),
                List.of(Dimension.of("team"), Dimension.of("model")),
                Bucket.DAY,
                ZoneId.of("Europe/Berlin"));
        return new UsageTable(
                query,
                List.of(
                        row("2026-11-01", 12, 1_004_000_000L, SAVED, unpriced, "check|out\u001b[31m", "gpt-4o-mini"),
                        row("2026-11-02", 1, 3, Map.of(), 0, null, "=cmd(\"a\",1)")),
                row(null, 13, 1_004_000_003L, SAVED, unpriced));
    }

    @Test
    void a_table_lines_up_and_says_what_is_missing() {
        assertThat(ReportFormat.TABLE.write(table(1))).isEqualTo("""
                Usage from 2026-11-01T00:00+01:00 to 2026-12-01T00:00+01:00 (Europe/Berlin)

                day         team            model        requests       input  cached  cache write  output     cost USD  saved USD  unpriced  errors  refused  cache hits  p50 ms  p95 ms
                -------------------------------------------------------------------------------------------------------------------------------------------------------------------------
                2026-11-01  check|out\uFFFD[31m  gpt-4o-mini        12  14,814,804     400           30     200  1.004000000      2.062         1       1        4           2  1890.0  4000.0
                2026-11-02  (none)          =cmd("a",1)         1   1,234,567     400           30     200  0.000000003      0.000         0       1        4           2  1890.0  4000.0
                -------------------------------------------------------------------------------------------------------------------------------------------------------------------------
                total                                          13  16,049,371     400           30     200  1.004000003      2.062         1       1        4           2  1890.0  4000.0

                Saved 2.062 of 3.066000003 USD (67.3 %):
                  cache 2.00
                  routing 0.062 (estimate)

                WARNING: 1 of 14 attempts have no known price; their cost is not in the figures. Give their models a price under models: in the configuration.
                """);
    }

    @Test
    void csv_is_quoted_guarded_and_exact() {
        assertThat(ReportFormat.CSV.write(table(0))).isEqualTo("""
                bucket,team,model,requests,attempts,input_tokens,cache_read_tokens,cache_write_tokens,output_tokens,reasoning_tokens,cost_usd,baseline_usd,saved_usd,unpriced,errors,refused,cache_hits,p50_ms,p95_ms
                2026-11-01,check|out\u001b[31m,gpt-4o-mini,12,13,14814804,400,30,200,50,1.004,3.066,2.062,0,1,4,2,1890.0,4000.0
                2026-11-02,,"'=cmd(""a"",1)",1,2,1234567,400,30,200,50,0.000000003,0.000000003,0.00,0,1,4,2,1890.0,4000.0
                """);
    }

    @Test
    void markdown_takes_no_markup_from_values() {
        assertThat(ReportFormat.MD.write(table(0))).isEqualTo("""
                Usage from 2026-11-01T00:00+01:00 to 2026-12-01T00:00+01:00 (Europe/Berlin)

                | day | team | model | requests | input | cached | cache write | output | cost USD | saved USD | unpriced | errors | refused | cache hits | p50 ms | p95 ms |
                |---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
                | 2026-11-01 | check\\|out\uFFFD\\[31m | gpt-4o-mini | 12 | 14,814,804 | 400 | 30 | 200 | 1.004000000 | 2.062 | 0 | 1 | 4 | 2 | 1890.0 | 4000.0 |
                | 2026-11-02 | (none) | =cmd("a",1) | 1 | 1,234,567 | 400 | 30 | 200 | 0.000000003 | 0.000 | 0 | 1 | 4 | 2 | 1890.0 | 4000.0 |
                | total |  |  | 13 | 16,049,371 | 400 | 30 | 200 | 1.004000003 | 2.062 | 0 | 1 | 4 | 2 | 1890.0 | 4000.0 |

                Saved 2.062 of 3.066000003 USD (67.3 %):
                  cache 2.00
                  routing 0.062 (estimate)
                """);
    }

    @Test
    void json_is_what_the_admin_api_says() {
        String usage = "\"usage\":{\"input\":%d,\"cache_read\":400,\"cache_write_5m\":10,\"cache_write_1h\":20,"
                + "\"output\":200,\"reasoning\":50,\"web_searches\":3}";
        String rest = "\"unpriced\":%d,\"cache_hits\":2,\"errors\":1,\"refused\":4,"
                + "\"latency_ms\":{\"p50\":1890.049,\"p95\":4000.000}}";
        String saved = "\"saved_nanos\":{\"cache\":2000000000,\"routing\":62000000},";
        assertThat(ReportFormat.JSON.write(table(1)))
                .isEqualTo("{\"from\":\"2026-10-31T23:00:00Z\",\"to\":\"2026-11-30T23:00:00Z\","
                        + "\"timezone\":\"Europe/Berlin\",\"rows\":["
                        + "{\"group\":{\"team\":\"check|out\\u001B[31m\",\"model\":\"gpt-4o-mini\"},"
                        + "\"bucket\":\"2026-11-01\",\"requests\":12,\"attempts\":13," + usage.formatted(14_814_804)
                        + ",\"cost_nanos\":1004000000,\"baseline_nanos\":3066000000," + saved + rest.formatted(1)
                        + ",{\"group\":{\"team\":null,\"model\":\"=cmd(\\\"a\\\",1)\"},\"bucket\":\"2026-11-02\","
                        + "\"requests\":1,\"attempts\":2," + usage.formatted(1_234_567)
                        + ",\"cost_nanos\":3,\"baseline_nanos\":3,\"saved_nanos\":{}," + rest.formatted(0)
                        + "],\"next\":null,\"total\":{\"group\":{},\"requests\":13,\"attempts\":14,"
                        + usage.formatted(16_049_371)
                        + ",\"cost_nanos\":1004000003,\"baseline_nanos\":3066000003," + saved + rest.formatted(1)
                        + ",\"warnings\":[\"" + Notes.warning(table(1)) + "\"]}\n");
    }

    @Test
    void a_report_of_all_time_without_groups_is_its_total() {
        UsageQuery query = new UsageQuery(Period.EVER, Map.of(), List.of(), null, ZoneId.of("UTC"));
        UsageSummary total = row(null, 0, 0, Map.of(), 0);
        assertThat(ReportFormat.TABLE.write(new UsageTable(query, List.of(total), total)))
                .startsWith("Usage until now (UTC)\n\n")
                .containsOnlyOnce("total")
                .doesNotContain("Saved");
    }

    @Test
    void money_keeps_every_decimal_it_has() {
        assertThat(List.of(0L, 1L, 10_000_000L, 1_500_000_000L, -62_000_000L, Long.MAX_VALUE))
                .extracting(Numbers::usd)
                .containsExactly("0.00", "0.000000001", "0.01", "1.50", "-0.062", "9223372036.854775807");
    }
}
