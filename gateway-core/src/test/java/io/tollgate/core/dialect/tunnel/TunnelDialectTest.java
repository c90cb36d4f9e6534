package io.tollgate.core.dialect.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.openai.Answers;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.usage.UsageReport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TunnelDialectTest {
    private final TunnelDialect tunnel = new TunnelDialect(new OpenAiChatDialect(), true);
    private final Endpoint endpoint = new Endpoint(tunnel, Operation.TUNNEL, "openai", "/v1/files", null, false);

    private RequestFacts read(String body) {
        return tunnel.read(endpoint, RequestBody.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_model_of_a_json_body_is_read_and_can_be_changed() {
        RequestFacts facts = read(" {\"model\":\"tts-1\",\"input\":7,\"stream\":true}");
        assertThat(facts.model()).isEqualTo("tts-1");
        assertThat(facts.stream()).isTrue();
        assertThat(tunnel.model(facts, "tts-2")).hasSize(1);
        assertThat(tunnel.outputCap(facts, null, 9)).isEmpty();
    }

    @Test
    void a_repeated_key_is_refused_here_too() {
        assertThatThrownBy(() -> read("{\"model\":\"cheap\",\"model\":\"dear\"}"))
                .hasMessageContaining("duplicate");
    }

    @Test
    void other_bodies_pass_unread() {
        for (String body : new String[] {"", "--boundary\r\n", "[1]", "\u0000\u0001", "a=b"}) {
            assertThat(read(body).model()).isNull();
        }
    }

    @Test
    void calls_that_only_fetch_are_not_metered() {
        byte[] answer = "{\"object\":\"batch\",\"usage\":{\"input_tokens\":9,\"output_tokens\":9}}"
                .getBytes(StandardCharsets.UTF_8);
        TunnelDialect fetch = new TunnelDialect(new OpenAiChatDialect(), false);
        assertThat(Answers.read(fetch.usageReader(endpoint, Answers.REQUEST), 200, answer, End.COMPLETE))
                .isEqualTo(UsageReport.NOTHING);
        assertThat(Answers.read(tunnel.usageReader(endpoint, Answers.REQUEST), 200, answer, End.COMPLETE)
                        .usage()
                        .total())
                .isEqualTo(18);
    }
}
