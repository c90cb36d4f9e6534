package io.tollgate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.e2e.NoLeaks;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class ShapingHttpTest {
    private static final String MODELS = """
            models:
              m: {provider: openai, price: {input: 10, output: 100}, context: 100k, max_output: 2k}
            """;
    private static final String CONFIG = MODELS + """
            shaping:
              history: {max_turns: 2}
              rules:
                - {match: {feature: legal}, history: {enabled: false}, trim: {enabled: true}}
                - {match: {feature: chat*, team: x}, history: {max_turns: 4}}
            """;
    private static final String CHAT = "/v1/chat/completions";
    private static final String PAIR =
            "{\"role\":\"user\",\"content\":\"ask N\"}, {\"role\":\"assistant\",\"content\":\"told N\"} ,";

    private static String chat() {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be   brief.\"},"
                + PAIR.replace("N", "1") + PAIR.replace("N", "2") + PAIR.replace("N", "3")
                + "{\"role\":\"user\",\"content\":\"last\"}], \"seed\": 7}";
    }

    private static TestGateway gateway(String config) {
        TestGateway gateway = TestGateway.start(config);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(10));
        return gateway;
    }

    private static String sent(TestGateway gateway) {
        return gateway.provider().requests().last().bodyText();
    }

    private static String shape(HttpResponse<?> response) {
        return response.headers().firstValue("x-tollgate-shape").orElse("");
    }

    @Test
    void old_turns_stay_behind_and_header_ledger_and_metrics_tell() throws Exception {
        try (TestGateway gateway = gateway(CONFIG)) {
            HttpResponse<String> response = gateway.post(CHAT, chat());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(sent(gateway))
                    .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be   brief.\"},"
                            + "{\"role\":\"user\",\"content\":\"ask 1\"}, {\"role\":\"assistant\",\"content\":\"told 3\"} ,"
                            + "{\"role\":\"user\",\"content\":\"last\"}], \"seed\": 7}");
            assertThat(shape(response)).matches("history=\\d+");
            long tokens = Long.parseLong(shape(response).substring("history=".length()));
            assertThat(gateway.row(response).savings().byLever()).containsEntry("history", tokens * 10_000);
            assertThat(gateway.get(gateway.server().adminUrl() + "/metrics").body())
                    .contains(
                            "tollgate_shaping_shaped_requests_total{lever=\"history\"} 1.0",
                            "tollgate_shaping_saved_tokens_total{lever=\"history\"} " + tokens + ".0");
        }
    }

    @Test
    void the_first_rule_that_matches_decides_and_the_caller_can_refuse() throws Exception {
        try (TestGateway gateway = gateway(CONFIG)) {
            HttpResponse<String> legal = gateway.post(CHAT, chat(), "x-tollgate-feature", "legal");
            assertThat(sent(gateway)).isEqualTo(chat().replace("Be   brief.", "Be brief."));
            assertThat(shape(legal)).isEqualTo("trimming=1");
            gateway.post(CHAT, chat(), "x-tollgate-feature", "chat-de", "x-tollgate-team", "x");
            assertThat(sent(gateway)).contains("ask 1", "told 2", "ask 3").doesNotContain("told 1", "ask 2");
            HttpResponse<String> off = gateway.post(CHAT, chat(), "x-tollgate-shape", "off");
            assertThat(sent(gateway)).isEqualTo(chat());
            assertThat(shape(off)).isEmpty();
        }
    }

    @Test
    void long_prompts_are_shaped_beside_the_event_loop_with_all_levers_and_marks_of_the_prompt_cache()
            throws Exception {
        String config = """
                shaping:
                  prompt_cache: {enabled: true}
                  history: {max_turns: 3}
                  trim: {enabled: true}
                  truncate: {max_input_tokens: 3k}
                """;
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            documents
                    .append("Document [")
                    .append(i)
                    .append("](Title: Town) The town number ")
                    .append(i)
                    .append(" lies by a river. Its market is held on Mondays in spring.\\n");
        }
        String turn = "{\"role\":\"user\",\"content\":\"ask N\"},{\"role\":\"assistant\",\"content\":\"told N\"},";
        String ask = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"system\":\"Please  help. "
                + "Answer in one word. ".repeat(300) + "\",\"messages\":[" + turn + turn + turn + turn
                + "{\"role\":\"user\",\"content\":\"" + documents + "\\nQuestion: where is the market?\"}]}";
        try (TestGateway gateway = gateway(config)) {
            String sent = "";
            HttpResponse<String> response = null;
            for (int i = 0; i < 10 && !sent.contains("cache_control"); i++) {
                response = gateway.post("/v1/messages", ask.replace("where is", "where " + i + " is"));
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                sent = sent(gateway);
                assertThat(shape(response)).matches("history=\\d+, trimming=\\d+, truncation=\\d+");
            }
            assertThat(sent).contains("cache_control", "\"Help. Answer", "Question: where");
            assertThat(sent.length()).isLessThan(ask.length() * 3 / 4);
            assertThat(sent.split("ask N", -1)).hasSize(2);
            assertThat(gateway.row(java.util.Objects.requireNonNull(response))
                            .savings()
                            .byLever())
                    .containsKeys("history", "trimming", "truncation");
        }
    }

    @Test
    void extraction_is_asked_for_json_where_the_configuration_says_so() throws Exception {
        try (TestGateway gateway = gateway(MODELS + "shaping: {json_mode: {tasks: [extract, parse]}}\n")) {
            String ask = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"names as JSON\"}]}";
            assertThat(shape(gateway.post(CHAT, ask, "x-tollgate-task", "parse")))
                    .isEqualTo("json_mode");
            assertThat(sent(gateway)).isEqualTo("{\"response_format\":{\"type\":\"json_object\"}," + ask.substring(1));
            assertThat(shape(gateway.post(CHAT, ask, "x-tollgate-task", "classify")))
                    .isEmpty();
            assertThat(sent(gateway)).isEqualTo(ask);
        }
    }

    @Test
    void prompts_within_the_limits_and_answers_of_the_cache_are_not_marked() throws Exception {
        String cached = CONFIG + "cache: {exact: {enabled: true, when: always}}\n";
        try (TestGateway gateway = gateway(cached)) {
            String brief = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
            assertThat(shape(gateway.post(CHAT, brief))).isEmpty();
            assertThat(sent(gateway)).isEqualTo(brief);
            gateway.row(gateway.post(CHAT, chat()));
            HttpResponse<String> hit = gateway.post(CHAT, chat());
            assertThat(hit.headers().firstValue("x-tollgate-cache")).hasValue("hit");
            assertThat(gateway.row(hit).savings().byLever()).doesNotContainKey("history");
        }
    }

    @Test
    void what_may_be_done_to_a_call_is_explained_before_it_is_made() throws Exception {
        try (TestGateway gateway = TestGateway.start("""
                shaping:
                  trim: {enabled: true}
                  rules:
                    - {match: {feature: legal}, trim: {enabled: false}}
                    - {match: {feature: support}, history: {max_turns: 20, summary: {model: gpt-4o-mini}}, \
                       truncate: {max_input_tokens: 9k}, json_mode: {tasks: [extract]}}
                """)) {
            assertThat(explained(gateway)).contains("{\"rule\":null,\"levers\":[\"trimming\"],\"reason\":null}");
            assertThat(explained(gateway, "x-tollgate-feature", "legal"))
                    .contains("{\"rule\":1,\"levers\":[],\"reason\":null}");
            assertThat(explained(gateway, "x-tollgate-feature", "support", "x-tollgate-task", "extract"))
                    .contains(
                            "{\"rule\":2,\"levers\":[\"history\",\"summary\",\"trimming\",\"truncation\",\"json_mode\"],\"reason\":null}");
            assertThat(explained(gateway, "x-tollgate-feature", "support", "x-tollgate-shape", "off"))
                    .contains("{\"rule\":null,\"levers\":[],\"reason\":\"x-tollgate-shape: off\"}");
        }
    }

    private static String explained(TestGateway gateway, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway.server().adminUrl() + "/api/v1/explain?model=gpt-4o"));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        String body = gateway.client()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return body.substring(body.indexOf("\"shaping\":") + 10, body.indexOf(",\"refused\":"));
    }
}
