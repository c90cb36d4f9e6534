package io.tollgate.server.routing;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RoutingHttpTest {
    /** A thousand tokens of the dear model's output cost a dollar, of the cheap one's ten cents; input is free. */
    private static final String MODELS = """
            models:
              dear: {provider: openai, price: {input: 0, output: 1000}, context: 100k}
              cheap: {provider: openai, price: {input: 0, output: 100}, context: 2k, max_output: 500}
            """;

    private static final String RULE = """
            routing:
              - {name: to-cheap, when: {model: [dear], task: [classify]}, use: [cheap]}
            """;

    private static final String ASK =
            "{\"model\" : \"dear\",  \"temperature\":0.5, \"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private static TestGateway gateway(String more) {
        TestGateway gateway = TestGateway.start(MODELS + more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
        return gateway;
    }

    private static HttpResponse<String> ask(TestGateway gateway, String body, String... headers) throws Exception {
        HttpResponse<String> response = gateway.post("/v1/chat/completions", body, headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String sent(TestGateway gateway) {
        return gateway.provider().requests().last().bodyText();
    }

    @Test
    void a_rule_sends_a_call_to_another_model_and_says_so_and_what_it_saved() throws Exception {
        try (TestGateway gateway = gateway(RULE)) {
            HttpResponse<String> response = ask(gateway, ASK, "x-tollgate-task", "classify");
            assertThat(sent(gateway)).isEqualTo(ASK.replace("dear", "cheap"));
            assertThat(header(response, "x-tollgate-model")).isEqualTo("cheap");
            assertThat(header(response, "x-tollgate-route")).isEqualTo("to-cheap; reason=the rule applies");
            UsageRow row = gateway.row(response);
            assertThat(row.call().modelAsked()).isEqualTo("dear");
            assertThat(row.call().modelSent()).isEqualTo("cheap");
            assertThat(row.decisions().routeRule()).isEqualTo("to-cheap");
            assertThat(row.metered().cost().nanos()).isEqualTo(10_000_000L);
            assertThat(row.savings().baselineNanos()).isEqualTo(100_000_000L);
            assertThat(row.savings().byLever()).containsEntry("routing", 90_000_000L);
        }
    }

    @Test
    void what_no_rule_is_for_goes_where_it_was_asked_for_byte_for_byte() throws Exception {
        try (TestGateway gateway = gateway(RULE)) {
            HttpResponse<String> otherTask = ask(gateway, ASK, "x-tollgate-task", "reason");
            assertThat(sent(gateway)).isEqualTo(ASK);
            assertThat(header(otherTask, "x-tollgate-route")).startsWith("direct;");
            HttpResponse<String> wanted = ask(gateway, ASK, "x-tollgate-task", "classify", "x-tollgate-route", "off");
            assertThat(sent(gateway)).isEqualTo(ASK);
            assertThat(header(wanted, "x-tollgate-route")).isEqualTo("direct; reason=the caller wants no other");
        }
    }

    @Test
    void a_rule_applies_at_its_hours_in_the_configured_time_zone() throws Exception {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.of("Asia/Tokyo"));
        String rules =
                """
                timezone: Asia/Tokyo
                routing:
                  - {name: later, when: {model: [dear], time: "%s"}, use: [cheap]}
                  - {name: now, when: {model: [dear], time: "%s"}, use: [cheap]}
                """.formatted(hours(now.plusHours(2), now.plusHours(3)), hours(now.minusHours(1), now.plusHours(1)));
        try (TestGateway gateway = gateway(rules)) {
            assertThat(header(ask(gateway, ASK), "x-tollgate-route")).startsWith("now;");
        }
    }

    private static String hours(ZonedDateTime from, ZonedDateTime to) {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
        return time.format(from) + "-" + time.format(to);
    }

    @Test
    void a_model_that_cannot_take_the_call_is_no_substitute() throws Exception {
        try (TestGateway gateway = gateway(RULE)) {
            ask(gateway, ASK.replace("Hi", "many words ".repeat(2_000)), "x-tollgate-task", "classify");
            assertThat(sent(gateway)).contains("\"dear\"");
            ask(gateway, ASK.replace("0.5,", "0.5, \"max_tokens\":501,"), "x-tollgate-task", "classify");
            assertThat(sent(gateway)).contains("\"dear\"");
            ask(gateway, ASK.replace("0.5,", "0.5, \"max_tokens\":500,"), "x-tollgate-task", "classify");
            assertThat(sent(gateway)).contains("\"cheap\"");
        }
    }

    @Test
    void a_rule_for_simple_requests_leaves_hard_ones_where_they_were_asked_for() throws Exception {
        try (TestGateway gateway = gateway(RULE.replace("task: [classify]", "complexity: simple"))) {
            String simple = ASK.replace("Hi", "Translate to French: Good morning, how are you?");
            assertThat(header(ask(gateway, simple), "x-tollgate-route")).startsWith("to-cheap; reason=simple (0.");
            assertThat(sent(gateway)).contains("\"cheap\"");
            String hard = ASK.replace(
                    "Hi",
                    "Analyze the trade-offs of both architectures, compare their risks and recommend a strategy.");
            assertThat(header(ask(gateway, hard), "x-tollgate-route")).startsWith("direct;");
            assertThat(sent(gateway)).isEqualTo(hard);
        }
    }

    @Test
    void a_key_is_not_led_to_a_model_it_may_not_use() throws Exception {
        String hash = "sha256:"
                + java.util.HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest("tg-test".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        try (TestGateway gateway =
                gateway(RULE + "keys:\n  - {id: k, hash: \"" + hash + "\", allow_models: [dear]}\n")) {
            ask(gateway, ASK, "x-tollgate-task", "classify", "authorization", "Bearer tg-test");
            assertThat(sent(gateway)).isEqualTo(ASK);
        }
    }

    @Test
    void parameters_a_model_refuses_are_taken_out_and_named_and_its_cap_has_its_own_name() throws Exception {
        try (TestGateway gateway = gateway("""
                routing:
                  - {name: to-o3, when: {model: [dear]}, use: [o3-mini]}
                """)) {
            HttpResponse<String> response = ask(gateway, ASK.replace("0.5,", "0.5, \"max_tokens\":60,"));
            assertThat(sent(gateway))
                    .contains("\"o3-mini\"", "\"max_completion_tokens\":60")
                    .doesNotContain("temperature", "\"max_tokens\"");
            assertThat(header(response, "x-tollgate-route"))
                    .isEqualTo("to-o3; reason=the rule applies, without temperature");
        }
    }

    @Test
    void a_rule_is_switched_off_and_on_in_one_call() throws Exception {
        try (TestGateway gateway = gateway(RULE)) {
            ask(gateway, ASK, "x-tollgate-task", "classify");
            assertThat(post(gateway, "/api/v1/routes/to-cheap/disable").body()).contains("\"enabled\":false");
            ask(gateway, ASK, "x-tollgate-task", "classify");
            assertThat(sent(gateway)).isEqualTo(ASK);
            assertThat(post(gateway, "/api/v1/routes/to-cheap/enable").body())
                    .contains("\"enabled\":true", "\"requests\":1");
            ask(gateway, ASK, "x-tollgate-task", "classify");
            assertThat(sent(gateway)).contains("\"cheap\"");
            assertThat(post(gateway, "/api/v1/routes/nope/disable").body())
                    .contains("no routing rule nope; there are [to-cheap]");
        }
    }

    private static HttpResponse<String> post(TestGateway gateway, String path) throws Exception {
        return gateway.client()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.server().adminUrl() + path))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_conversation_stays_with_its_model_unless_another_is_cheaper_even_so() throws Exception {
        String second = "{\"model\":\"dear\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"Ho\"},{\"role\":\"user\",\"content\":\"And?\"}]}";
        try (TestGateway gateway = gateway("""
                routing:
                  - {name: to-dear, when: {model: [cheap], task: [classify]}, use: [dear]}
                  - {name: to-cheap, when: {model: [dear], task: [classify]}, use: [cheap]}
                """)) {
            ask(gateway, ASK.replace("dear", "cheap"));
            HttpResponse<String> stayed = ask(gateway, second.replace("dear", "cheap"), "x-tollgate-task", "classify");
            assertThat(sent(gateway)).contains("\"cheap\"");
            assertThat(header(stayed, "x-tollgate-route")).isEqualTo("direct; reason=the conversation is with it");
            ask(gateway, ASK.replace("Hi", "Hello"));
            ask(gateway, second.replace("Hi", "Hello"), "x-tollgate-task", "classify");
            assertThat(sent(gateway)).contains("\"cheap\"");
        }
    }

    @Test
    void a_share_takes_the_same_sessions_every_time() throws Exception {
        try (TestGateway gateway = gateway(RULE.replace("use: [cheap]", "use: [cheap], share: 50%"))) {
            int cheap = 0;
            for (int session = 0; session < 60; session++) {
                String id = "s" + session;
                ask(gateway, ASK, "x-tollgate-task", "classify", "x-tollgate-session", id);
                boolean first = sent(gateway).contains("cheap");
                ask(gateway, ASK, "x-tollgate-task", "classify", "x-tollgate-session", id);
                assertThat(sent(gateway).contains("cheap")).as(id).isEqualTo(first);
                cheap += first ? 1 : 0;
            }
            assertThat(cheap).isBetween(15, 45);
        }
    }

    @Test
    void from_the_downgrade_rung_on_the_rules_apply_to_everything_they_can_apply_to() throws Exception {
        try (TestGateway gateway = gateway("""
                routing:
                  - {name: to-cheap, when: {model: [dear], complexity: simple}, use: [dear, cheap], share: 0%}
                budgets:
                  - {name: b, match: {}, period: month, limit: {usd: 1}, steps: [{at: 5%, do: downgrade}]}
                """)) {
            ask(gateway, ASK);
            assertThat(sent(gateway)).isEqualTo(ASK);
            await().atMost(SOON)
                    .until(() -> gateway.get(gateway.server().adminUrl() + "/api/v1/budgets/b")
                            .body()
                            .contains("\"usd\":0.1"));
            HttpResponse<String> cheaper = ask(gateway, ASK);
            assertThat(sent(gateway)).contains("\"cheap\"");
            assertThat(header(cheaper, "x-tollgate-route"))
                    .isEqualTo("to-cheap; reason=a budget asks for a cheaper model");
        }
    }
}
