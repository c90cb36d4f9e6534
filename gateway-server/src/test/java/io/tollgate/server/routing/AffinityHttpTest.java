package io.tollgate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two hosts of one model: which of them a conversation's turns go to. */
class AffinityHttpTest {
    private static final String FIRST =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "Hello there. ".repeat(200) + "\"}";
    private static final String LATER =
            FIRST + ",{\"role\":\"assistant\",\"content\":\"Ho\"},{\"role\":\"user\",\"content\":\"Go on\"}";

    private final FakeProvider there = FakeProvider.start();

    @AfterEach
    void close() {
        there.close();
    }

    private TestGateway gateway(String more) {
        TestGateway gateway = TestGateway.start("""
                providers:
                  here: {dialect: openai, base_url: PROVIDER}
                  there: {dialect: openai, base_url: "THERE", api_key: k}
                models:
                  m: {provider: here, price: {input: 1, cache_read: 0.1, output: 1}}
                """.replace("THERE", there.url()) + more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(10));
        there.rules().otherwise(Behaviour.reply().tokens(10));
        return gateway;
    }

    private static String answeredBy(TestGateway gateway, String body) throws Exception {
        HttpResponse<String> response = gateway.post("/v1/chat/completions", body + "]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.headers().firstValue("x-tollgate-provider").orElse("") + ": "
                + response.headers().firstValue("x-tollgate-route").orElse("");
    }

    @Test
    void a_conversation_that_fell_back_goes_on_there_and_comes_back_when_that_fails() throws Exception {
        try (TestGateway gateway = gateway("fallbacks: {m: [there/m]}\n")) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            assertThat(answeredBy(gateway, FIRST)).isEqualTo("there: direct; reason=fallback after 503 from here/m");
            assertThat(answeredBy(gateway, LATER)).isEqualTo("there: direct; reason=the conversation is with it");
            assertThat(gateway.provider().requests().total()).isEqualTo(1);
            assertThat(answeredBy(gateway, LATER.replace("Hello", "Hallo")))
                    .as("another conversation")
                    .startsWith("here: direct;");
            there.rules().enqueue(Behaviour.status(503));
            assertThat(answeredBy(gateway, LATER)).isEqualTo("here: direct; reason=fallback after 503 from there/m");
            assertThat(answeredBy(gateway, LATER)).isEqualTo("here: direct; reason=serves the model");
        }
    }

    @Test
    void the_rest_of_a_rules_list_is_tried_when_its_first_fails_and_keeps_the_conversation() throws Exception {
        try (TestGateway gateway = gateway("routing: [{name: r, when: {model: m}, use: [there/x, here/x]}]\n")) {
            there.rules().enqueue(Behaviour.status(503));
            assertThat(answeredBy(gateway, FIRST)).isEqualTo("here: r; reason=fallback after 503 from there/x");
            assertThat(answeredBy(gateway, LATER)).isEqualTo("here: r; reason=the conversation is with it");
        }
    }

    @Test
    void a_rule_can_spread_conversations_over_its_list_and_each_stays_where_it_began() throws Exception {
        try (TestGateway gateway =
                gateway("routing: [{name: both, when: {model: m}, use: [here/m, there/m], spread: prefix}]\n")) {
            TreeMap<String, Integer> seen = new TreeMap<>();
            for (int i = 0; i < 40; i++) {
                String first = answeredBy(gateway, FIRST.replace("Hello", "Hello " + i));
                assertThat(answeredBy(gateway, LATER.replace("Hello", "Hello " + i)))
                        .isEqualTo(first);
                seen.merge(first, 1, Integer::sum);
            }
            assertThat(seen)
                    .containsOnlyKeys("here: both; reason=the rule applies", "there: both; reason=the rule applies")
                    .allSatisfy((target, count) -> assertThat(count).isGreaterThan(8));
            assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/savings")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_conversation_does_not_stay_with_a_host_that_refused_it() throws Exception {
        try (TestGateway gateway = gateway("fallbacks: {m: [there/m]}\n")) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            there.rules().enqueue(Behaviour.status(401));
            assertThat(gateway.post("/v1/chat/completions", FIRST + "]}").statusCode())
                    .isEqualTo(401);
            assertThat(answeredBy(gateway, LATER)).isEqualTo("here: direct; reason=serves the model");
        }
    }

    @Test
    void a_conversation_leaves_a_host_that_does_not_let_it_in_any_more() throws Exception {
        try (TestGateway gateway = gateway("fallbacks: {m: [there/m]}\n")) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            assertThat(answeredBy(gateway, FIRST)).startsWith("there:");
            there.rules().enqueue(Behaviour.status(403));
            assertThat(gateway.post("/v1/chat/completions", LATER + "]}").statusCode())
                    .isEqualTo(403);
            assertThat(answeredBy(gateway, LATER)).isEqualTo("here: direct; reason=serves the model");
        }
    }
}
