package io.tollgate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class TruncationHttpTest {
    private static final String CONFIG = """
            models:
              m: {provider: openai, price: {input: 10, output: 100}, context: 100k, max_output: 2k}
            shaping: {truncate: {max_input_tokens: 300}}
            """;

    private static String ask() {
        StringBuilder text = new StringBuilder("Answer from these documents.\\n\\n");
        for (int i = 1; i <= 60; i++) {
            text.append("Document [")
                    .append(i)
                    .append("](Title: Town ")
                    .append(i)
                    .append(") The town lies by a river. ")
                    .append(
                            i == 31
                                    ? "Its lighthouse was built by Ada Brown in 1871."
                                    : "Its market is held on Mondays in spring.")
                    .append("\\n");
        }
        text.append("\\nQuestion: who built the lighthouse?");
        return "{\"model\":\"m\", \"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\""
                + text + "\"}], \"seed\": 7}";
    }

    private static String sent(TestGateway gateway, String... headers) throws Exception {
        HttpResponse<String> response = gateway.post("/v1/chat/completions", ask(), headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return gateway.provider().requests().last().bodyText();
    }

    @Test
    void a_long_prompt_keeps_its_question_and_what_answers_it_and_all_other_bytes() throws Exception {
        try (TestGateway gateway = TestGateway.start(CONFIG)) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(10));
            String sent = sent(gateway);
            assertThat(sent.length()).isLessThan(ask().length() / 2);
            assertThat(sent)
                    .startsWith("{\"model\":\"m\", \"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},")
                    .contains("Ada Brown", "who built the lighthouse?", "Answer from these documents.")
                    .endsWith("\"}], \"seed\": 7}");
        }
    }

    @Test
    void nothing_is_touched_where_the_caller_wants_nothing_touched() throws Exception {
        try (TestGateway gateway = TestGateway.start(CONFIG)) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(10));
            assertThat(sent(gateway, "x-tollgate-shape", "off")).isEqualTo(ask());
        }
    }
}
