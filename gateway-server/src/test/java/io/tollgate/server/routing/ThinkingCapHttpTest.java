package io.tollgate.server.routing;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A cap of ours leaves a model the thinking its caller set aside: at or below it the provider refuses, or answers nothing. */
class ThinkingCapHttpTest {
    private static final String MODELS = """
            models:
              claude: {provider: anthropic, price: {input: 0, output: 100}, context: 100k, max_output: 64k}
              small: {provider: anthropic, price: {input: 0, output: 100}, context: 100k, max_output: 3k}
              flash: {provider: gemini, price: {input: 0, output: 100}, context: 100k, max_output: 4k}
              lite: {provider: gemini, price: {input: 0, output: 100}, context: 100k, max_output: 2k}
            """;
    private static final String SHRINK = """
            budgets:
              - {name: b, match: {}, period: month, limit: {tokens: 10M}, steps: [{at: 0.0001%, do: shrink_output}]}
            """;
    private static final String CLAUDE = """
            {"model":"MODEL","max_tokens":MAX,"thinking":{"type":"enabled","budget_tokens":THINK},\
            "messages":[{"role":"user","content":"Hi"}]}""";
    private static final String GEMINI = """
            {"generationConfig":{"thinkingConfig":{"includeThoughts":true,"thinkingBudget":THINK}},\
            "contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""";

    private static TestGateway gateway(String more) {
        TestGateway gateway = TestGateway.start(MODELS + more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(20));
        return gateway;
    }

    private static String cap(TestGateway gateway, String path, String body) throws Exception {
        HttpResponse<String> response = gateway.post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.headers().firstValue("x-tollgate-max-tokens").orElse("none");
    }

    private static String claude(TestGateway gateway, String model, long max, long thinking) throws Exception {
        return cap(
                gateway,
                "/v1/messages",
                CLAUDE.replace("MODEL", model).replace("MAX", "" + max).replace("THINK", "" + thinking));
    }

    private static String gemini(TestGateway gateway, String model, long thinking) throws Exception {
        return cap(gateway, "/v1beta/models/" + model + ":generateContent", GEMINI.replace("THINK", "" + thinking));
    }

    private static String sent(TestGateway gateway) {
        return gateway.provider().requests().last().bodyText();
    }

    @Test
    void shorter_answers_of_a_budget_come_on_top_of_thinking() throws Exception {
        try (TestGateway gateway = gateway(SHRINK)) {
            claude(gateway, "claude", 16_000, 2_000);
            await().atMost(SOON)
                    .until(() -> claude(gateway, "claude", 16_000, 2_000).equals("3024; source=budget"));
            assertThat(sent(gateway)).contains("\"max_tokens\":3024,").contains("\"budget_tokens\":2000");
            assertThat(claude(gateway, "claude", 2_500, 2_000)).isEqualTo("2500; source=caller");
            assertThat(gemini(gateway, "flash", 2_000)).isEqualTo("3024; source=budget");
            assertThat(gemini(gateway, "flash", -1)).isEqualTo("1024; source=budget");
        }
    }

    @Test
    void a_policys_cap_does_too_and_there_is_none_where_the_model_leaves_no_room_for_an_answer() throws Exception {
        try (TestGateway gateway = gateway("output: {default: 500}\n")) {
            assertThat(gemini(gateway, "flash", 1_500)).isEqualTo("2000; source=policy");
            assertThat(sent(gateway)).contains("\"maxOutputTokens\":2000");
            assertThat(gemini(gateway, "lite", 1_999)).isEqualTo("2000; source=policy");
            assertThat(gemini(gateway, "lite", 2_000)).isEqualTo("none");
            assertThat(sent(gateway)).doesNotContain("maxOutputTokens");
            assertThat(gemini(gateway, "lite", 0)).isEqualTo("500; source=policy");
        }
    }

    @Test
    void what_is_learned_of_answers_leaves_thinking_out_where_its_budget_is_known() throws Exception {
        try (TestGateway gateway = gateway("output: {learn: {enabled: true, min_samples: 10}}\n")) {
            for (int i = 0; i < 10; i++) {
                gemini(gateway, "gemini-2.5-flash", 4_000);
            }
            String learned = await().atMost(SOON)
                    .until(() -> gemini(gateway, "gemini-2.5-flash", 4_000), cap -> !cap.equals("none"));
            assertThat(Long.parseLong(learned.substring(0, learned.indexOf(';'))))
                    .as("4,000 to think and one and a half times 20")
                    .isBetween(4_028L, 4_040L);
            assertThat(gateway.rows(10).getLast().metered().report().usage().reasoning())
                    .isPositive();
        }
    }

    @Test
    void a_model_that_takes_the_place_of_one_that_failed_gets_no_cap_it_would_only_think_within() throws Exception {
        try (TestGateway gateway = gateway("output: {default: 500}\nfallbacks: {flash: [lite]}\n")) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            assertThat(gemini(gateway, "flash", 2_500)).isEqualTo("none");
            assertThat(sent(gateway)).doesNotContain("maxOutputTokens");
            gateway.provider().rules().enqueue(Behaviour.status(503));
            assertThat(gemini(gateway, "flash", 1_800)).isEqualTo("2000; source=policy");
            assertThat(sent(gateway)).contains("\"maxOutputTokens\":2000");
        }
    }
}
