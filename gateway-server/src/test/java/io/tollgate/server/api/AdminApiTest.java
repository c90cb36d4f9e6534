package io.tollgate.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ledger, the configuration and the requests as they end, asked of a running gateway. */
class AdminApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALL =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    private static JsonNode get(TestGateway gateway, String path, int status) throws Exception {
        HttpResponse<String> answer = gateway.get(gateway.server().adminUrl() + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private static JsonNode get(TestGateway gateway, String path) throws Exception {
        return get(gateway, path, 200);
    }

    private static HttpResponse<String> post(TestGateway gateway, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(gateway.server().adminUrl() + path))
                .POST(HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return gateway.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void usage_is_grouped_filtered_and_says_its_time_zone() throws Exception {
        try (TestGateway gateway = TestGateway.start()) {
            gateway.post("/v1/chat/completions", CALL, "x-tollgate-team", "search");
            gateway.post("/v1/chat/completions", CALL, "x-tollgate-team", "checkout");
            gateway.rows(2);

            JsonNode all = get(gateway, "/api/v1/usage?by=team&timezone=Europe/Berlin");
            assertThat(all.get("timezone").asText()).isEqualTo("Europe/Berlin");
            assertThat(all.get("rows")).hasSize(2);
            assertThat(all.get("total").get("requests").asInt()).isEqualTo(2);

            JsonNode one = get(gateway, "/api/v1/usage?by=team&team=search&bucket=day");
            assertThat(one.get("rows")).hasSize(1);
            assertThat(one.get("rows").get(0).get("group").get("team").asText()).isEqualTo("search");

            JsonNode first = get(gateway, "/api/v1/usage?by=team&limit=1");
            assertThat(first.get("rows")).hasSize(1);
            JsonNode second = get(
                    gateway,
                    "/api/v1/usage?by=team&limit=1&after=" + first.get("next").asText());
            assertThat(second.get("rows").get(0).get("group").get("team").asText())
                    .isEqualTo("search");
            assertThat(second.get("next").isNull()).isTrue();
        }
    }

    @Test
    void bad_parameters_are_named_in_a_problem() throws Exception {
        try (TestGateway gateway = TestGateway.start()) {
            assertThat(get(gateway, "/api/v1/usage?colour=red", 400)
                            .get("detail")
                            .asText())
                    .contains("colour", "team");
            assertThat(get(gateway, "/api/v1/usage?timezone=Moon", 400)
                            .get("detail")
                            .asText())
                    .contains("Moon", "Europe/Berlin");
            assertThat(get(gateway, "/api/v1/usage?bucket=eon", 400)
                            .get("detail")
                            .asText())
                    .contains("eon", "month");
            assertThat(get(gateway, "/api/v1/usage?limit=0", 400).get("detail").asText())
                    .contains("limit '0'", "1 to");
            assertThat(get(gateway, "/api/v1/requests?from=soon", 400)
                            .get("detail")
                            .asText())
                    .contains("soon", "7d");
        }
    }

    @Test
    void a_request_is_found_and_its_decisions_are_told_in_words() throws Exception {
        try (TestGateway gateway = TestGateway.start("cache: {exact: {enabled: true}}\n")) {
            gateway.post("/v1/chat/completions", CALL, "x-tollgate-team", "search");
            gateway.rows(1);
            HttpResponse<String> hit = gateway.post("/v1/chat/completions", CALL, "x-tollgate-team", "search");
            String id = gateway.row(hit).requestId();

            JsonNode page = get(gateway, "/api/v1/requests?limit=1");
            assertThat(page.get("rows").get(0).get("request_id").asText()).isEqualTo(id);
            assertThat(get(
                                    gateway,
                                    "/api/v1/requests?limit=1&before="
                                            + page.get("next").asText())
                            .get("rows"))
                    .hasSize(1);

            JsonNode one = get(gateway, "/api/v1/requests/" + id);
            assertThat(one.get("explained").toString())
                    .contains("Answered from the cache: the same was asked before.", "team=search", "exact cache");
            assertThat(get(gateway, "/api/v1/requests/nobody", 404)
                            .get("detail")
                            .asText())
                    .contains("nobody");
        }
    }

    @Test
    void the_waterfall_adds_up_and_marks_estimates() throws Exception {
        try (TestGateway gateway = TestGateway.start("cache: {exact: {enabled: true}}\n")) {
            gateway.post("/v1/chat/completions", CALL);
            gateway.rows(1);
            gateway.post("/v1/chat/completions", CALL);
            gateway.rows(2);

            JsonNode total = get(gateway, "/api/v1/savings").get("total");
            long saved = 0;
            for (JsonNode lever : total.get("levers")) {
                saved += lever.get("saved_nanos").asLong();
                assertThat(lever.get("estimate").isBoolean()).isTrue();
            }
            assertThat(saved).isPositive();
            assertThat(total.get("baseline_nanos").asLong() - saved)
                    .isEqualTo(total.get("cost_nanos").asLong());
            assertThat(total.get("levers")).hasSize(9);
        }
    }

    @Test
    void the_configuration_is_shown_without_its_secrets() throws Exception {
        try (TestGateway gateway = TestGateway.start("""
                providers:
                  openai: {dialect: openai, base_url: PROVIDER, api_key: sk-very-secret}
                keys: [{id: k, hash: "sha256:%s", tags: {team: t}}]
                alerts: [{type: webhook, url: "https://example.test/hook/secret-path", secret: hush}]
                """.formatted("ab".repeat(32)))) {
            JsonNode config = get(gateway, "/api/v1/config");
            assertThat(config.get("config")
                            .get("providers")
                            .get("openai")
                            .get("api_key")
                            .asText())
                    .isEqualTo("(secret)");
            assertThat(config.get("config")
                            .get("keys")
                            .get(0)
                            .get("tags")
                            .get("team")
                            .asText())
                    .isEqualTo("t");
            assertThat(config.toString()).doesNotContain("very-secret", "secret-path", "hush", "abab");
            assertThat(post(gateway, "/api/v1/config/reload").statusCode()).isEqualTo(409);
        }
    }

    @Test
    void budgets_say_when_they_will_run_out() throws Exception {
        try (TestGateway gateway =
                TestGateway.start("budgets: [{name: all, match: {}, period: month, limit: {usd: 0.000001}, steps: []},"
                        + " {name: ever, match: {}, period: total, limit: {usd: 1}, steps: []}]\n")) {
            gateway.post("/v1/chat/completions", CALL);
            await().atMost(TestGateway.SOON).untilAsserted(() -> {
                JsonNode forecast = get(gateway, "/api/v1/budgets/all").get("forecast");
                assertThat(forecast.get("per_day").get("usd").asDouble()).isPositive();
                assertThat(forecast.get("runs_out_at").isNull()).isFalse();
            });
            assertThat(get(gateway, "/api/v1/budgets/ever").get("forecast").isNull())
                    .isTrue();
        }
    }

    @Test
    void requests_are_seen_as_they_end() throws Exception {
        try (TestGateway gateway = TestGateway.start()) {
            HttpRequest watch = HttpRequest.newBuilder(
                            URI.create(gateway.server().adminUrl() + "/api/v1/live"))
                    .build();
            HttpResponse<java.io.InputStream> live =
                    gateway.client().send(watch, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(live.headers().firstValue("content-type")).hasValue("text/event-stream");
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).startsWith(":");
                gateway.post("/v1/chat/completions", CALL, "x-tollgate-team", "search");
                assertThat(lines.readLine()).isEmpty();
                assertThat(lines.readLine()).isEqualTo("event: request");
                String id = lines.readLine();
                JsonNode row = JSON.readTree(lines.readLine().substring("data: ".length()));
                assertThat(id).isEqualTo("id: " + row.get("request_id").asText());
                assertThat(row.get("tags").get("team").asText()).isEqualTo("search");
                gateway.server().close();
                assertThat(lines.readLine()).isEmpty();
                assertThat(lines.readLine()).isNull();
            }
        }
    }

    @Test
    void without_a_token_names_that_are_not_loopback_are_refused() throws Exception {
        try (TestGateway gateway = TestGateway.start()) {
            int port = URI.create(gateway.server().adminUrl()).getPort();
            for (String host : List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:9090", "")) {
                assertThat(status(port, host)).as(host).isEqualTo(403);
            }
            for (String host : List.of("localhost:" + port, "127.0.0.1", "[::1]:80", "tollgate.localhost")) {
                assertThat(status(port, host)).as(host).isEqualTo(200);
            }
        }
    }

    private static int status(int port, String host) throws Exception {
        try (RawCaller caller = new RawCaller(port)) {
            caller.say("GET /api/v1/budgets HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            return caller.answer().status();
        }
    }

    @Test
    void pages_of_other_origins_change_nothing() throws Exception {
        try (TestGateway gateway =
                TestGateway.start("budgets: [{name: all, match: {}, period: month, limit: {usd: 1}, steps: []}]\n")) {
            String path = "/api/v1/config/reload";
            assertThat(post(gateway, path, "origin", "https://evil.example").statusCode())
                    .isEqualTo(403);
            assertThat(post(gateway, path, "origin", "null").statusCode()).isEqualTo(403);
            assertThat(post(gateway, path, "sec-fetch-site", "cross-site").statusCode())
                    .isEqualTo(403);
            assertThat(post(gateway, path, "origin", gateway.server().adminUrl(), "sec-fetch-site", "same-origin")
                            .statusCode())
                    .isEqualTo(409);
        }
    }
}
