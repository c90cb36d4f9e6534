package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.CHAT;
import static io.tollgate.server.e2e.Calls.STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.usage.UsageSource;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams are asked for their usage where that is how the provider tells it, and nowhere else. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class StreamUsageTest {
    @Test
    void a_provider_that_must_not_be_asked_gets_the_body_as_it_was_and_its_streams_are_estimated() throws Exception {
        try (TestGateway gateway = TestGateway.start("""
                providers:
                  openai: {dialect: openai, base_url: PROVIDER}
                  silent: {dialect: openai, base_url: PROVIDER, stream_usage: never}
                """)) {
            HttpResponse<String> asked = gateway.post(CHAT, STREAMED);
            assertThat(received(gateway)).contains("\"include_usage\":true");
            assertThat(asked.body()).doesNotContain("\"choices\":[],");
            assertThat(gateway.row(asked).metered().report().source()).isEqualTo(UsageSource.PROVIDER);

            HttpResponse<String> unasked = gateway.post("/silent" + CHAT, STREAMED);
            assertThat(received(gateway)).isEqualTo(STREAMED);
            assertThat(gateway.row(unasked).metered().report().source()).isEqualTo(UsageSource.ESTIMATED);

            String asking =
                    STREAMED.replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
            HttpResponse<String> own = gateway.post("/silent" + CHAT, asking);
            assertThat(received(gateway)).isEqualTo(asking);
            assertThat(gateway.row(own).metered().report().source()).isEqualTo(UsageSource.PROVIDER);
        }
    }

    private static String received(TestGateway gateway) {
        ReceivedRequest last = gateway.provider().requests().last();
        return new String(last.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com, '', true",
        "https://api.openai.com, never, false",
        "https://api.mistral.ai, '', false",
        "https://api.mistral.ai, ask, true",
        "https://api.groq.com/openai, '', false",
        "http://127.0.0.1:8000, '', true"
    })
    void the_host_decides_unless_the_configuration_does(String url, String said, boolean asks) throws Exception {
        String yaml = "providers: {p: {dialect: openai, base_url: \"" + url + "\""
                + (said.isEmpty() ? "" : ", stream_usage: " + said) + "}}";
        var config = new ConfigLoader(name -> null, Overrides.NONE)
                .parse("test.yaml", yaml, Path.of(""))
                .config();
        assertThat(Objects.requireNonNull(config.providers().get("p"))
                        .toProvider()
                        .asksForUsage())
                .isEqualTo(asks);
    }
}
