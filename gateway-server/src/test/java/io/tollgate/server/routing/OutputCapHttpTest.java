package io.tollgate.server.routing;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class OutputCapHttpTest {
    private static final String MODELS = """
            models:
              m: {provider: openai, price: {input: 0, output: 100}, context: 100k, max_output: 2k}
            """;
    private static final String POLICY = """
            output: {default: 1000, by_task: {classify: 16, write: 100000}}
            """;
    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private static TestGateway gateway(String more) {
        TestGateway gateway = TestGateway.start(MODELS + more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(10));
        return gateway;
    }

    private static String cap(TestGateway gateway, String body, String... headers) throws Exception {
        HttpResponse<String> response = gateway.post("/v1/chat/completions", body, headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.headers().firstValue("x-tollgate-max-tokens").orElse("none");
    }

    private static String sent(TestGateway gateway) {
        return gateway.provider().requests().last().bodyText();
    }

    @Test
    void the_caller_then_the_task_then_the_default_decide_and_never_above_what_the_model_takes() throws Exception {
        try (TestGateway gateway = gateway(POLICY)) {
            assertThat(cap(gateway, ASK)).isEqualTo("1000; source=policy");
            assertThat(sent(gateway)).contains("\"max_completion_tokens\":1000");
            assertThat(cap(gateway, ASK, "x-tollgate-task", "classify")).isEqualTo("16; source=policy");
            assertThat(cap(gateway, ASK, "x-tollgate-task", "write")).isEqualTo("2000; source=policy");
            String own = ASK.replace("\"m\",", "\"m\",\"max_completion_tokens\":77,");
            assertThat(cap(gateway, own, "x-tollgate-task", "classify")).isEqualTo("77; source=caller");
            assertThat(sent(gateway)).isEqualTo(own);
            assertThat(cap(gateway, ASK, "x-tollgate-shape", "off")).isEqualTo("none");
            assertThat(sent(gateway)).isEqualTo(ASK);
        }
    }

    @Test
    void a_cap_is_learned_from_what_answers_of_the_same_feature_were() throws Exception {
        try (TestGateway gateway =
                gateway("output: {learn: {enabled: true, factor: 1.5, quantile: 0.95, min_samples: 20}}\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            for (int i = 0; i < 20; i++) {
                assertThat(cap(gateway, ASK, "x-tollgate-feature", "search")).isEqualTo("none");
            }
            String learned = await().atMost(SOON)
                    .until(() -> cap(gateway, ASK, "x-tollgate-feature", "search"), cap -> !cap.equals("none"));
            assertThat(learned).endsWith("; source=learned");
            assertThat(Long.parseLong(learned.substring(0, learned.indexOf(';'))))
                    .isBetween(140L, 175L);
        }
    }

    @Test
    void from_the_shrink_output_rung_on_answers_are_kept_short() throws Exception {
        try (TestGateway gateway = gateway("""
                budgets:
                  - {name: b, match: {}, period: month, limit: {tokens: 100k}, steps: [{at: 1%, do: shrink_output}]}
                """)) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(1_500));
            assertThat(cap(gateway, ASK)).isEqualTo("none");
            await().atMost(SOON).until(() -> cap(gateway, ASK).equals("1024; source=budget"));
            assertThat(sent(gateway)).contains("\"max_completion_tokens\":1024");
            assertThat(cap(gateway, ASK.replace("\"m\",", "\"m\",\"max_tokens\":50,")))
                    .isEqualTo("50; source=caller");
        }
    }
}
