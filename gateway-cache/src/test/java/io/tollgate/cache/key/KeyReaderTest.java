package io.tollgate.cache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.tollgate.cache.key.KeyResult.Bypass;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.http.RequestBody;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyReaderTest {
    private static final Endpoint CHAT =
            new Endpoint(new OpenAiChatDialect(), Operation.GENERATE, null, "/v1/chat/completions", null, false);

    private final KeyReader reader = new KeyReader();

    @Test
    void parts_cannot_borrow_from_each_other() {
        Set<KeyResult> results = new HashSet<>();
        results.add(read("key:a", "openai", "m", "/p"));
        results.add(read("key:aopenai", "", "m", "/p"));
        results.add(read("key:", "aopenai", "m", "/p"));
        results.add(read("key:a", "openaim", "", "/p"));
        results.add(read("key:a", "openai", "m/", "p"));
        results.add(read("key:a", "openai", "m", "/p?x"));

        assertThat(results).hasSize(6);
    }

    @Test
    void a_reader_remembers_nothing_of_the_request_before() {
        KeyResult first = read("s", "{\"a\":1}");
        read("s", "{\"a\":[\"" + "x".repeat(5_000) + "\",{\"b\":");
        read("s", "{\"temperature\":1}");
        read("s", "{\"a\":{\"b\":1,\"a\":1,\"a\":2}}");

        assertThat(read("s", "{\"a\":1}")).isEqualTo(first);
    }

    @Test
    void nested_hashes_cannot_be_written_out_by_a_caller() {
        String large = "y".repeat(2_000);
        Set<KeyResult> results = new HashSet<>();
        results.add(read("s", "{\"a\":\"" + large + "\"}"));
        results.add(read("s", "{\"a\":[\"" + large + "\"]}"));
        results.add(read("s", "{\"a\":{\"" + large + "\":0}}"));
        results.add(read("s", "{\"" + large + "\":\"a\"}"));

        assertThat(results).hasSize(4).allMatch(KeyResult.Keyed.class::isInstance);
    }

    @Test
    void what_is_not_json_has_no_key() {
        for (String body : new String[] {
            "", "[]", "{", "{\"a\":\"", "{\"a\":\"\\u12\"}", "{\"a\":\"\\x\"}", "{\"a\":01}", "{} {}", "{\"a\" 1}"
        }) {
            assertThat(read("s", body)).as(body).isEqualTo(new Bypass(BypassReason.MALFORMED));
        }
    }

    @Test
    void depth_is_bounded() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(read("s", deep)).isEqualTo(new Bypass(BypassReason.MALFORMED));
        assertThat(read("s", "{\"a\":" + "[".repeat(400) + "]".repeat(400) + "}"))
                .isInstanceOf(KeyResult.Keyed.class);
    }

    @Test
    void size_is_bounded() {
        String large = "{\"a\":\"" + "x".repeat(KeyReader.MAX_BODY) + "\"}";

        assertThat(read("s", large)).isEqualTo(new Bypass(BypassReason.TOO_LARGE));
    }

    @Test
    void many_members_that_share_a_long_beginning_are_sorted_in_time() {
        StringBuilder body = new StringBuilder("{\"x\":{");
        for (int i = 0; i < 4_000; i++) {
            body.append(i > 0 ? "," : "")
                    .append('"')
                    .append("n".repeat(900))
                    .append(i * 7_919 % 4_001)
                    .append("\":1");
        }
        long began = System.nanoTime();
        assertThat(read("s", body.append("}}").toString())).isInstanceOf(KeyResult.Keyed.class);
        assertThat(System.nanoTime() - began).isLessThan(3_000_000_000L);
    }

    @Test
    void a_wish_for_variety_can_be_granted() {
        Asked asked = Asked.chat("{\"model\":\"m\",\"messages\":[],\"temperature\":0.7}");

        assertThat(asked.result(true)).isInstanceOf(KeyResult.Keyed.class);
        assertThat(asked.result(false)).isEqualTo(new Bypass(BypassReason.TEMPERATURE));
        assertThat(Asked.chat("{\"model\":\"m\",\"messages\":[],\"temperature\":0.7,\"tools\":[1]}")
                        .result(true))
                .isEqualTo(new Bypass(BypassReason.TOOLS));
    }

    @Test
    void a_body_inside_a_larger_array_has_the_same_key() {
        byte[] body = "{\"a\":\"b\\n\",\"c\":1.50}".getBytes(StandardCharsets.UTF_8);
        byte[] larger = ("junk\"" + new String(body, StandardCharsets.UTF_8) + "99}").getBytes(StandardCharsets.UTF_8);

        assertThat(read("s", "openai", "m", "/p", new RequestBody(larger, 5, body.length)))
                .isEqualTo(read("s", "openai", "m", "/p", RequestBody.of(body)));
    }

    private KeyResult read(String scope, String body) {
        return read(scope, "openai", "m", "/p", RequestBody.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    private KeyResult read(String scope, String provider, String model, String target) {
        return read(scope, provider, model, target, RequestBody.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
    }

    private KeyResult read(String scope, String provider, String model, String target, RequestBody body) {
        return reader.read(
                new CacheableRequest(
                        new Scope(scope), CHAT, 1, provider, model, target, EmptyHttpHeaders.INSTANCE, body),
                false);
    }
}
