package io.tollgate.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.server.gateway.SampleLedger;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WasteHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode waste(TestGateway gateway, String query) throws Exception {
        HttpResponse<String> answer = gateway.get(gateway.server().adminUrl() + "/api/v1/waste" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void findings_come_the_dearest_first_each_with_a_setting_and_requests_that_are_in_the_ledger() throws Exception {
        Path data = Files.createTempDirectory("tollgate-test");
        Instant now = Clock.systemUTC().instant();
        SampleLedger.write(data, 3, 2_000, now.minus(Duration.ofDays(2)), now);
        try (TestGateway gateway = TestGateway.startOn(data, "")) {
            JsonNode rows = waste(gateway, "").get("rows");
            assertThat(rows).isNotEmpty();
            long before = Long.MAX_VALUE;
            for (JsonNode row : rows) {
                long worth = row.get("usd_month_nanos").asLong();
                assertThat(worth).isBetween(0L, before);
                before = worth;
                assertThat(row.get("title").asText()).isNotEmpty();
                assertThat(row.get("setting").asText()).isNotEmpty();
                String example = row.get("examples").get(0).asText();
                assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/requests/" + example)
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(rows.toString()).contains("Identical requests are bought again");
            assertThat(waste(gateway, "?from=2020-01-01&to=2020-01-02").get("rows"))
                    .isEmpty();
        }
    }

    @Test
    void an_empty_ledger_wastes_nothing_and_a_wrong_moment_is_named() throws Exception {
        try (TestGateway gateway = TestGateway.start()) {
            assertThat(waste(gateway, "").get("rows")).isEmpty();
            HttpResponse<String> wrong = gateway.get(gateway.server().adminUrl() + "/api/v1/waste?from=soon");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).contains("'soon' is no moment");
        }
    }
}
