package io.tollgate.budget.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.usagelog.RandomRows;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class RowJsonTest {
    private static final long AT = Instant.parse("2026-11-22T10:00:00.120Z").toEpochMilli();

    private static String json(UsageRow row) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            RowJson.write(json, row);
        }
        return out.toString();
    }

    @Test
    void a_row_is_written_as_the_contract_says() {
        UsageRow row = RandomRows.plain(AT);
        assertThat(json(row))
                .isEqualTo("{\"request_id\":\"" + row.requestId()
                        + "\",\"attempt\":1,\"last\":true,\"at\":\"2026-11-22T10:00:00.120Z\",\"key\":\"checkout-api\","
                        + "\"tags\":{\"environment\":\"prod\",\"feature\":\"search\",\"team\":\"checkout\",\"user\":\"u-17\"},"
                        + "\"dialect\":\"openai-chat\",\"operation\":\"generate\",\"streamed\":true,"
                        + "\"provider\":\"openai\",\"model_asked\":\"gpt-4o\",\"model_sent\":\"gpt-4o-mini\","
                        + "\"model_answered\":\"gpt-4o-mini-2024-07-18\","
                        + "\"route\":{\"rule\":\"simple-to-mini\",\"reason\":\"complexity 0.12 is simple\"},"
                        + "\"cache\":\"miss\",\"cap\":800,\"cap_source\":\"learned\","
                        + "\"usage\":{\"input\":600,\"cache_read\":400,\"cache_write_5m\":0,\"cache_write_1h\":0,"
                        + "\"output\":200,\"reasoning\":50},\"usage_source\":\"provider\",\"finish\":\"stop\","
                        + "\"service_tier\":\"default\",\"price_version\":\"2026-11-01\",\"unpriced\":false,"
                        + "\"cost_nanos\":4000000,\"baseline_nanos\":66000000,\"saved_nanos\":{\"routing\":62000000},"
                        + "\"stated_cost_nanos\":null,"
                        + "\"latency_ms\":{\"gateway\":0.200,\"first_byte\":310.000,\"total\":1890.000},"
                        + "\"status\":200,\"end\":\"complete\"}");
    }

    @Test
    void an_unknown_price_is_never_zero() {
        UsageRow r = RandomRows.plain(AT);
        UsageRow unpriced = new UsageRow(
                r.requestId(),
                1,
                true,
                AT,
                null,
                r.tags(),
                r.call(),
                UsageRow.Decisions.NONE,
                new Metered(r.metered().report(), Cost.UNPRICED),
                UsageRow.Savings.none(0),
                r.latency(),
                200,
                r.end());
        assertThat(json(unpriced))
                .contains("\"unpriced\":true,\"cost_nanos\":null,\"baseline_nanos\":null,\"saved_nanos\":{}")
                .contains("\"price_version\":null")
                .contains("\"cap\":null");
    }
}
