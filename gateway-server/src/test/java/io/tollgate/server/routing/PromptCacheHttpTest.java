package io.tollgate.server.routing;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.e2e.NoLeaks;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class PromptCacheHttpTest {
    private static final String ON = "shaping: {prompt_cache: {enabled: true}}\n";
    private static final String MESSAGES = "/v1/messages";

    private static String ask(String system, int i) {
        return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"system\":\"" + system
                + " Answer in one word. ".repeat(400) + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Question "
                + i + "\"}]}";
    }

    private static TestGateway gateway(String config) {
        TestGateway gateway = TestGateway.start(config);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(5));
        return gateway;
    }

    private static String sent(TestGateway gateway) {
        return gateway.provider().requests().last().bodyText();
    }

    private static HttpResponse<String> report(TestGateway gateway) throws Exception {
        return gateway.client()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.server().adminUrl() + "/api/v1/prompt-cache"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_prompt_that_comes_again_is_marked_and_what_that_saved_or_cost_is_booked() throws Exception {
        try (TestGateway gateway = gateway(ON)) {
            gateway.post(MESSAGES, ask("You help.", 0));
            assertThat(sent(gateway)).isEqualTo(ask("You help.", 0));
            HttpResponse<String> wrote = null;
            for (int i = 1; i < 10 && wrote == null; i++) {
                HttpResponse<String> next = gateway.post(MESSAGES, ask("You help.", i));
                wrote = sent(gateway).contains("cache_control") ? next : null;
            }
            assertThat(wrote).as("marked once it is known to come again").isNotNull();
            assertThat(sent(gateway)
                            .replace("[{\"type\":\"text\",\"text\":", "")
                            .replace(",\"cache_control\":{\"type\":\"ephemeral\"}}]", ""))
                    .startsWith("{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"system\":\"You help. Answer");
            HttpResponse<String> read = gateway.post(MESSAGES, ask("You help.", 77));
            assertThat(gateway.row(Objects.requireNonNull(wrote))
                            .savings()
                            .byLever()
                            .get("prompt_cache"))
                    .isNegative();
            assertThat(gateway.row(read).savings().byLever().get("prompt_cache"))
                    .isPositive();
            gateway.post(MESSAGES, ask("You really help.", 78));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(report(gateway).body())
                            .contains("\"broken_by\":\"system_head_changed\"", "\"breaks\":1"));
        }
    }

    @Test
    void a_clock_in_the_system_prompt_is_named_as_what_broke_it() throws Exception {
        try (TestGateway gateway = gateway(ON)) {
            for (int i = 0; i < 6; i++) {
                gateway.row(gateway.post(MESSAGES, ask("It is 10:00.", i)));
            }
            gateway.post(MESSAGES, ask("It is 10:01.", 7));
            assertThat(report(gateway).body()).contains("\"broken_by\":\"system_clock\"");
        }
    }

    /** A conversation at its nth question. */
    private static String talk(String first, int questions) {
        StringBuilder turns = new StringBuilder("{\"role\":\"user\",\"content\":\"" + first + "\"}");
        for (int i = 1; i < questions; i++) {
            turns.append(",{\"role\":\"assistant\",\"content\":\"Told ").append(i);
            turns.append("\"},{\"role\":\"user\",\"content\":\"Asked ")
                    .append(i)
                    .append("\"}");
        }
        return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"messages\":[" + turns + "]}";
    }

    @Test
    void a_first_turn_that_changes_while_its_conversation_goes_on_is_named_with_its_cost() throws Exception {
        String document = " This document is long. ".repeat(400);
        try (TestGateway gateway = gateway(ON)) {
            int questions = 1;
            HttpResponse<String> answer = gateway.post(MESSAGES, talk("At 10:00." + document, questions));
            gateway.row(answer);
            while (questions < 12) {
                gateway.row(gateway.post(MESSAGES, talk("At 10:00." + document, ++questions)));
            }
            assertThat(sent(gateway)).contains("cache_control");
            assertThat(report(gateway).body()).contains("\"broken_by\":null", "\"breaks\":0");
            HttpResponse<String> changed = gateway.post(MESSAGES, talk("At 10:07." + document, ++questions));
            String id = changed.headers().firstValue("x-tollgate-request-id").orElseThrow();
            assertThat(report(gateway).body())
                    .contains(
                            "\"broken_by\":\"first_turn_changed\"",
                            "\"breaks\":1",
                            "\"example_request_id\":\"" + id + "\"");
            long cost = Long.parseLong(report(gateway).body().replaceAll("(?s).*\"cost_nanos\":(\\d+).*", "$1"));
            double tokens = talk("At 10:00." + document, 12).length() / 3.6;
            assertThat((double) cost / (tokens * (3_750 - 300))).isBetween(0.95, 1.05);
        }
    }

    @Test
    void the_same_tools_in_another_order_are_told_from_others() throws Exception {
        String[] tools = {tool("first"), tool("other")};
        String ask = ask("You help.", 1);
        try (TestGateway gateway = gateway(ON)) {
            for (int i = 0; i < 8; i++) {
                gateway.row(gateway.post(MESSAGES, with(ask, tools[0] + ", " + tools[1])));
            }
            gateway.post(MESSAGES, with(ask, tools[1] + ", " + tools[0]));
            assertThat(report(gateway).body()).contains("\"broken_by\":\"tools_reordered\"", "\"breaks\":1");
        }
        try (TestGateway gateway = gateway(ON)) {
            for (int i = 0; i < 8; i++) {
                gateway.row(gateway.post(MESSAGES, with(ask, tools[0] + ", " + tools[1])));
            }
            gateway.post(MESSAGES, with(ask, tools[0] + ", " + tool("third")));
            assertThat(report(gateway).body()).contains("\"broken_by\":\"tools_changed\"", "\"breaks\":1");
        }
    }

    private static String tool(String name) {
        return "{\"name\":\"" + name + "\",\"input_schema\":{\"type\":\"object\"}}";
    }

    private static String with(String ask, String tools) {
        return ask.replaceFirst("\\{", "{\"tools\":[" + tools + "],");
    }

    @Test
    void callers_marks_the_shape_header_and_a_configuration_without_it_leave_every_byte_alone() throws Exception {
        String own = ask("You help.", 1)
                .replace(
                        "\"content\":\"Question 1\"",
                        "\"content\":[{\"type\":\"text\",\"text\":\"Q\",\"cache_control\":{\"type\":\"ephemeral\"}}]");
        try (TestGateway gateway = gateway(ON);
                TestGateway without = gateway("")) {
            for (int i = 0; i < 8; i++) {
                gateway.post(MESSAGES, own);
                assertThat(sent(gateway)).isEqualTo(own);
                gateway.post(MESSAGES, ask("You help.", 1), "x-tollgate-shape", "off");
                assertThat(sent(gateway)).isEqualTo(ask("You help.", 1));
                without.post(MESSAGES, ask("You help.", 1));
                assertThat(sent(without)).isEqualTo(ask("You help.", 1));
            }
        }
    }

    @Test
    void openai_is_told_which_prompts_share_a_prefix_unless_the_caller_says_so() throws Exception {
        String ask = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"S\"},"
                + "{\"role\":\"user\",\"content\":\"Q1\"}]}";
        try (TestGateway gateway = gateway(ON)) {
            gateway.post("/v1/chat/completions", ask);
            String first = sent(gateway);
            assertThat(first).startsWith("{\"prompt_cache_key\":\"tollgate-").endsWith(ask.substring(1));
            gateway.post("/v1/chat/completions", ask.replace("Q1", "Q2"));
            assertThat(sent(gateway)).isEqualTo(first.replace("Q1", "Q2"));
            String own = ask.replace("\"gpt-4o\",", "\"gpt-4o\",\"prompt_cache_key\":\"mine\",");
            gateway.post("/v1/chat/completions", own);
            assertThat(sent(gateway)).isEqualTo(own);
        }
    }
}
