package io.tollgate.core.dialect.openaichat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
import io.tollgate.core.sse.EventGate;
import io.tollgate.core.sse.EventGate.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatDialectTest {
    private final OpenAiChatDialect chat = new OpenAiChatDialect();

    private Endpoint endpoint(@Nullable String model, String path) {
        return new Endpoint(chat, Operation.GENERATE, null, path, model, false);
    }

    private RequestFacts read(String json) {
        return chat.read(endpoint(null, "/v1/chat/completions"), body(json));
    }

    private static RequestBody body(String json) {
        return RequestBody.of(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String edited(String json, List<BodyEdit> edits) {
        return new String(new SplicedBody(body(json), edits).toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void the_facts_of_a_request_are_read() {
        RequestFacts facts = read("""
                {"model":"gpt-4o","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[
                {"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}],
                "tools":[{"type":"function","function":{"name":"f"}}],"n":2,"stream":true,"max_tokens":50}""");
        assertThat(facts.model()).isEqualTo("gpt-4o");
        assertThat(facts.stream()).isTrue();
        assertThat(facts.answers()).isEqualTo(2);
        assertThat(facts.outputCap()).isEqualTo(50);
        assertThat(facts.capField()).isEqualTo("max_tokens");
        assertThat(facts.usageOption()).isEqualTo(UsageOption.ABSENT);
        assertThat(facts.turns()).extracting(RequestFacts.Turn::role).containsExactly("system", "user");
        assertThat(facts.turns()).extracting(RequestFacts.Turn::textBytes).containsExactly(9, 13);
        assertThat(facts.tools()).isEqualTo(1);
        assertThat(facts.images()).isEqualTo(1);
        assertThat(facts.textBytes()).isEqualTo(9 + 13 + 45);
    }

    @Test
    void a_deployment_in_the_path_is_the_model() {
        RequestFacts facts = chat.read(endpoint("prod", "/openai/deployments/prod/chat/completions"), body("{}"));
        assertThat(facts.model()).isEqualTo("prod");
        assertThat(chat.model(facts, "other")).isEmpty();
        assertThat(chat.path(endpoint("prod", "/openai/deployments/prod/chat/completions"), "a b/c"))
                .isEqualTo("/openai/deployments/a%20b%2Fc/chat/completions");
        assertThat(chat.path(endpoint(null, "/v1/chat/completions"), "other")).isEqualTo("/v1/chat/completions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"a\",\"n\":1}          | {\"model\":\"b\\\"\",\"n\":1}",
                "{ \"n\":1, \"mod\\u0065l\" : \"a\" } | { \"n\":1, \"mod\\u0065l\" : \"b\\\"\" }",
                "{\"model\":null}                   | {\"model\":\"b\\\"\"}",
                "{ \"n\":1}                         | {\"model\":\"b\\\"\", \"n\":1}",
                "{}                                 | {\"model\":\"b\\\"\"}"
            })
    void another_model_is_spliced_in_and_nothing_else_changes(String before, String after) {
        assertThat(edited(before, chat.model(read(before), "b\""))).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{\"n\":1}                                  | -          | {\"max_completion_tokens\":9,\"n\":1}",
                "{\"n\":1}                                  | max_tokens | {\"max_tokens\":9,\"n\":1}",
                "{\"max_tokens\": 50 ,\"n\":1}              | -          | {\"max_tokens\": 9 ,\"n\":1}",
                "{\"max_completion_tokens\":50}             | -          | {\"max_completion_tokens\":9}",
                "{\"a\":1, \"max_tokens\":50, \"n\":1}      | max_completion_tokens | {\"a\":1, \"max_completion_tokens\":9, \"n\":1}",
                "{\"max_completion_tokens\":50,\"n\":1}     | max_tokens | {\"max_tokens\":9,\"n\":1}",
                "{\"max_tokens\":null,\"n\":1}              | -          | {\"max_completion_tokens\":9,\"n\":1}",
                "{\"max_tokens\":5,\"max_completion_tokens\":7} | -      | {\"max_completion_tokens\":9}",
                "{\"max_completion_tokens\":5,\"max_tokens\":null,\"n\":1} | - | {\"max_completion_tokens\":9,\"n\":1}",
                "{\"max_completion_tokens\":5,\"max_tokens\":6} | max_tokens | {\"max_tokens\":9}"
            })
    void a_cap_goes_where_the_caller_put_it_or_where_the_provider_wants_it(
            String before, @Nullable String field, String after) {
        assertThat(edited(before, chat.outputCap(read(before), field, 9))).isEqualTo(after);
    }

    @Test
    void of_two_caps_the_greater_one_counts() {
        assertThat(read("{\"max_tokens\":900,\"max_completion_tokens\":7}").outputCap())
                .isEqualTo(900);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"stream\":true}                        | ABSENT   | {\"stream_options\":{\"include_usage\":true},\"stream\":true}",
                "{\"stream\":true,\"stream_options\":null} | ABSENT  | {\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "{\"stream\":true,\"stream_options\":{ }} | ABSENT   | {\"stream\":true,\"stream_options\":{\"include_usage\":true }}",
                "{\"stream\":true,\"stream_options\":{\"include_obfuscation\":false}} | ABSENT | {\"stream\":true,\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}}",
                "{\"stream\":true,\"stream_options\":{\"include_usage\":null}} | ABSENT | {\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "{\"stream\":true,\"stream_options\":{\"include_usage\":true}} | ASKED | {\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "{\"stream\":true,\"stream_options\":{\"include_usage\":false}} | DECLINED | {\"stream\":true,\"stream_options\":{\"include_usage\":false}}",
                "{\"stream\":false}                       | NOT_APPLICABLE | {\"stream\":false}",
                "{\"n\":1}                                | NOT_APPLICABLE | {\"n\":1}"
            })
    void usage_is_asked_for_only_where_the_caller_said_nothing(String before, UsageOption option, String after) {
        RequestFacts facts = read(before);
        assertThat(facts.usageOption()).isEqualTo(option);
        assertThat(edited(before, chat.askForUsage(facts))).isEqualTo(after);
    }

    @Test
    void all_edits_together_leave_the_rest_as_it_was() {
        String before = "{\"messages\":[],  \"stream\":true,\"model\":\"a\",\"x\":\"é\\n\"}";
        RequestFacts facts = read(before);
        List<BodyEdit> edits = new ArrayList<>(chat.model(facts, "b"));
        edits.addAll(chat.outputCap(facts, null, 9));
        edits.addAll(chat.askForUsage(facts));
        assertThat(edited(before, edits))
                .isEqualTo("{\"max_completion_tokens\":9,\"stream_options\":{\"include_usage\":true},\"messages\":[],"
                        + "  \"stream\":true,\"model\":\"b\",\"x\":\"é\\n\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":1}",
                "{\"stream\":\"yes\"}",
                "{\"max_tokens\":\"9\"}",
                "{\"max_completion_tokens\":1.5}",
                "{\"messages\":\"hi\"}",
                "{\"stream_options\":true}",
                "{\"stream_options\":{\"include_usage\":1}}",
                "{\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}",
                "{\"model\":\"a\",\"model\":\"b\"}"
            })
    void a_wrong_type_or_a_repeated_key_is_refused(String json) {
        assertThatThrownBy(() -> read(json)).hasMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DROP | {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":1}}",
                "DROP | { \"choices\" : [ ] , \"usage\" : { \"prompt_tokens\" : 1 } }",
                "DROP | {\"usage\":{\"prompt_tokens\":1},\"choices\":[],\"obfuscation\":\"x\"}",
                "PASS | {\"choices\":[],\"usage\":null,\"prompt_filter_results\":[{\"prompt_index\":0}]}",
                "PASS | {\"choices\":[],\"prompt_filter_results\":[{}],\"usage\":{\"prompt_tokens\":1}}",
                "PASS | {\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":1}}",
                "PASS | {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\":{\"}}],\"usage\":null}",
                "PASS | {\"choices\":[],\"x\":{\"usage\":{\"a\":1}}}",
                "PASS | {\"usage\":{\"prompt_tokens\":1}}",
                "PASS | {\"choices\":[],\"usage\":{\"a\":1},\"error\":{\"message\":\"x\"}}",
                "PASS | {\"choices\":[],\"usage\":{\"a\":1}",
                "PASS | [DONE]"
            })
    void only_the_chunk_that_tells_nothing_but_usage_is_dropped(Verdict verdict, String data) {
        EventGate gate = chat.dropUnaskedUsage();
        for (String event : new String[] {"data: " + data + "\n\n", "data:" + data + "\r\n\r\n"}) {
            byte[] bytes = ("##" + event + "##").getBytes(StandardCharsets.UTF_8);
            assertThat(gate.judge(bytes, 2, bytes.length - 4)).isEqualTo(verdict);
        }
    }

    @Test
    void comments_and_scraps_pass_the_gate() {
        EventGate gate = chat.dropUnaskedUsage();
        for (String event : new String[] {": \"usage\":{\n\n", "\n", "", "\"usage\"", "\"usage\":"}) {
            byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
            assertThat(gate.judge(bytes, 0, bytes.length)).as(event).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void a_refusal_is_an_error_as_openai_writes_it() {
        Refusal refusal = new Refusal(ErrorKind.BUDGET_EXHAUSTED, "budget \"a\\b\"\n\u0001\ud83d is used up");
        assertThat(new String(chat.errorBody(refusal, 402, "req-1"), StandardCharsets.UTF_8))
                .isEqualTo("{\"error\":{\"message\":\"budget \\\"a\\\\b\\\"\\n\\u0001\\ud83d is used up\","
                        + "\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"project_spend_limit_exceeded\"},"
                        + "\"request_id\":\"req-1\"}");
        assertThat(new String(
                        chat.errorEvent(new Refusal(ErrorKind.UPSTREAM_FAILED, "gone"), "r"), StandardCharsets.UTF_8))
                .isEqualTo("data: {\"error\":{\"message\":\"gone\",\"type\":\"upstream_error\",\"param\":null,"
                        + "\"code\":\"upstream_failed\"},\"request_id\":\"r\"}\n\ndata: [DONE]\n\n");
    }
}
