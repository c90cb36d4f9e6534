package io.tollgate.core.dialect.anthropic;

import static io.tollgate.core.dialect.AnswerPlayer.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Mutations;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicDialectTest {
    private static final AnthropicDialect DIALECT = new AnthropicDialect();
    private static final Endpoint MESSAGES =
            new Endpoint(DIALECT, Operation.GENERATE, null, "/v1/messages", null, false);
    private static final String FULL = """
            {"model": "claude-sonnet-5", "max_tokens": 64000, "stream": true,
             "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral", "ttl": "1h"}}],
             "tools": [{"name": "look", "input_schema": {"type": "object"}}, {"type": "web_search_20250305"}],
             "messages": [
              {"role": "user", "content": "Grüße"},
              {"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "look", "input": {"q": "ab"}}]},
              {"role": "user", "content": [
                {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}},
                {"type": "document", "source": {"media_type": "text/plain", "data": "1234567890", "type": "text"}},
                {"type": "document", "source": {"type": "content", "content": [{"type": "text", "text": "xyz"},
                  {"type": "image", "source": {"type": "url", "url": "https://example.org/a.png"}}]}},
                {"type": "tool_result", "tool_use_id": "t1", "content": "done"}]}]}""";

    @Test
    void all_facts_come_from_one_pass() {
        RequestFacts facts = read(FULL);
        assertThat(facts.model()).isEqualTo("claude-sonnet-5");
        assertThat(facts.stream()).isTrue();
        assertThat(facts.outputCap()).isEqualTo(64000);
        assertThat(facts.capField()).isEqualTo("max_tokens");
        assertThat(facts.tools()).isEqualTo(2);
        assertThat(facts.images()).isEqualTo(2);
        assertThat(facts.turns()).extracting(RequestFacts.Turn::role).containsExactly("user", "assistant", "user");
        assertThat(facts.turns()).extracting(RequestFacts.Turn::textBytes).containsExactly(7, 6, 17);
        int tools =
                "[{\"name\": \"look\", \"input_schema\": {\"type\": \"object\"}}, {\"type\": \"web_search_20250305\"}]"
                        .length();
        assertThat(facts.textBytes()).isEqualTo(9 + tools + 7 + 6 + 17);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"thinking\": {\"type\": \"enabled\", \"budget_tokens\": 2048} | 2048",
                "\"thinking\": {\"more\": {\"budget_tokens\": 7}, \"budget_tokens\": 10000} | 10000",
                "\"thinking\": {\"type\": \"adaptive\"} | 0",
                "\"thinking\": {\"budget_tokens\": -5} | 0",
                "\"thinking\": {\"budget_tokens\": 99999999999999999999} | 0",
                "\"thinking\": null | 0",
                "\"metadata\": {\"budget_tokens\": 9} | 0"
            })
    void what_is_set_aside_for_thinking_is_found_where_it_stands(String member, long tokens) {
        RequestBody body = RequestBody.of(utf8("{" + member + ", \"messages\": []}"));
        assertThat(DIALECT.thinkingBudget(DIALECT.read(MESSAGES, body), body)).isEqualTo(tokens);
    }

    @Test
    void turns_stand_where_they_say() {
        RequestBody body = RequestBody.of(utf8(FULL));
        RequestFacts facts = DIALECT.read(MESSAGES, body);
        assertThat(body.text(facts.turns().getFirst().span()))
                .isEqualTo("{\"role\": \"user\", \"content\": \"Grüße\"}");
    }

    @Test
    void a_request_without_cap_or_stream_has_none() {
        RequestFacts facts = read("{\"model\":\"m\",\"messages\":[],\"stream\":null,\"system\":\"four\"}");
        assertThat(facts.stream()).isFalse();
        assertThat(facts.outputCap()).isEqualTo(-1);
        assertThat(facts.capField()).isNull();
        assertThat(facts.textBytes()).isEqualTo(4);
    }

    @Test
    void model_and_cap_are_spliced_and_all_else_stays() {
        String body = "{ \"max_tokens\" : 0,\"model\":\"a\", \"x\":[1.0] }";
        assertThat(edited(body, "m\"2", 512)).isEqualTo("{ \"max_tokens\" : 512,\"model\":\"m\\\"2\", \"x\":[1.0] }");
        assertThat(edited("{\"x\":1}", "b", 7)).isEqualTo("{\"model\":\"b\",\"max_tokens\":7,\"x\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"model\":\"a\",\"model\":\"b\"}|duplicate key \"model\" at byte 13",
                "{\"model\":\"a\",\"mod\\u0065l\":\"b\"}|duplicate key \"model\" at byte 13",
                "{\"messages\":[],\"messages\":[]}|duplicate key \"messages\" at byte 15",
                "{\"max_tokens\":1,\"max_tokens\":2}|duplicate key \"max_tokens\"",
                "{\"model\":5}|model at byte 9 is 5; expected a string",
                "{\"max_tokens\":\"5\"}|max_tokens at byte 14 is a string; expected a whole number",
                "{\"max_tokens\":1.5}|max_tokens at byte 14 is 1.5; expected a whole number",
                "{\"max_tokens\":-1}|max_tokens at byte 14 is -1; expected a whole number",
                "{\"stream\":\"true\"}|stream at byte 10 is a string; expected true or false",
                "{\"messages\":{}}|messages at byte 12 is an object; expected an array",
                "{\"messages\":[\"hi\"]}|messages[0] at byte 13 is a string; expected an object",
                "[]|the body is an array",
                "{\"model\":\"a\"|not valid JSON",
            })
    void what_is_malformed_is_refused_by_name_and_place(String body, String message) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message)
                .satisfies(thrown ->
                        assertThat(((RefusedException) thrown).refusal().kind()).isEqualTo(ErrorKind.MALFORMED));
    }

    @Test
    void a_tunnel_is_not_read() {
        Endpoint tunnel = new Endpoint(DIALECT, Operation.TUNNEL, "anthropic", "/v1/messages/batches", null, false);
        assertThat(DIALECT.read(tunnel, RequestBody.of(utf8("not json")))).isEqualTo(RequestFacts.unread(null, false));
    }

    @Test
    void mutated_requests_are_read_or_refused() {
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            byte[] body = Mutations.of(utf8(FULL), random);
            try {
                assertThat(DIALECT.read(MESSAGES, RequestBody.of(body)).textBytes())
                        .as("seed %d", seed)
                        .isNotNegative();
            } catch (RefusedException e) {
                assertThat(e.refusal().kind()).as("seed %d", seed).isEqualTo(ErrorKind.MALFORMED);
            }
        }
    }

    @Test
    void errors_are_anthropics_own() {
        assertThat(text(DIALECT.errorBody(new Refusal(ErrorKind.FORBIDDEN, "no \"x\""), 403, "r-1")))
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"permission_error\",\"message\":\"no \\\"x\\\"\"},"
                        + "\"request_id\":\"r-1\"}");
        assertThat(text(DIALECT.errorBody(new Refusal(ErrorKind.BUDGET_EXHAUSTED, "spent"), 402, "r-1")))
                .contains("\"billing_error\"")
                .contains("\"details\":{\"error_code\":\"budget_exceeded\"}");
        assertThat(text(DIALECT.errorBody(new Refusal(ErrorKind.RUN_LIMIT, "spent"), 402, "r-1")))
                .contains("\"details\":{\"error_code\":\"run_limit_exceeded\"}");
        assertThat(text(DIALECT.errorEvent(new Refusal(ErrorKind.UPSTREAM_FAILED, "broke\noff"), "r-1")))
                .isEqualTo("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":"
                        + "\"broke\\noff\"},\"request_id\":\"r-1\"}\n\n");
    }

    private static String edited(String body, String model, long cap) {
        RequestBody request = RequestBody.of(utf8(body));
        RequestFacts facts = DIALECT.read(MESSAGES, request);
        List<BodyEdit> edits = new java.util.ArrayList<>(DIALECT.model(facts, model));
        edits.addAll(DIALECT.outputCap(facts, null, cap));
        return text(new SplicedBody(request, edits).toBytes());
    }

    private static RequestFacts read(String body) {
        return DIALECT.read(MESSAGES, RequestBody.of(utf8(body)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
