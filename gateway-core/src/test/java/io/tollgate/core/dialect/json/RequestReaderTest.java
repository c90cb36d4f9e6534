package io.tollgate.core.dialect.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    private static final Layout LAYOUT = Layout.builder()
            .string("model")
            .flag("stream")
            .integer("max_tokens")
            .turns("messages")
            .turnsOrText("input")
            .text("prompt")
            .tools("tools", "functionDeclarations")
            .rawText("response_format")
            .object(
                    "options",
                    Layout.builder().integer("cap").alias("limit", "cap").build())
            .alias("opts", "options")
            .media("image_url")
            .silent("type", "id")
            .build();

    private static RequestBody body(String json) {
        return RequestBody.of(json.getBytes(StandardCharsets.UTF_8));
    }

    private static ParsedRequest read(String json) {
        return RequestReader.read(body(json), LAYOUT);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"model":"a","model":"b"}                       | duplicate key "model" at byte 13; expected every key once
        {"model":"a","mod\\u0065l":"b"}                 | duplicate key "model" at byte 13; expected every key once
        {"x":1,"y":2,"x":3}                             | duplicate key "x" at byte 13; expected every key once
        {"options":{"cap":1,"cap":2}}                   | duplicate key "cap" at byte 20; expected every key once
        {"options":{"cap":1,"limit":2}}                 | duplicate key "limit" at byte 20; expected every key once
        {"options":{},"opts":{}}                        | duplicate key "opts" at byte 14; expected every key once
        {"messages":[{"role":"a","role":"b"}]}          | duplicate key "role" at byte 25; expected every key once
        {"model":7}                                     | model at byte 9 is 7; expected a string
        {"model":["a"]}                                 | model at byte 9 is an array; expected a string
        {"stream":"true"}                               | stream at byte 10 is a string; expected true or false
        {"stream":1}                                    | stream at byte 10 is 1; expected true or false
        {"max_tokens":1.5}                              | max_tokens at byte 14 is 1.5; expected a whole number of at least 0
        {"max_tokens":-1}                               | max_tokens at byte 14 is -1; expected a whole number of at least 0
        {"max_tokens":"9"}                              | max_tokens at byte 14 is a string; expected a whole number of at least 0
        {"max_tokens":99999999999999999999}             | max_tokens at byte 14 is 99999999999999999999; expected a whole number of at least 0
        {"messages":"hi"}                               | messages at byte 12 is a string; expected an array of objects
        {"messages":{}}                                 | messages at byte 12 is an object; expected an array of objects
        {"messages":[{},"hi"]}                          | messages[1] at byte 16 is a string; expected an object
        {"input":7}                                     | input at byte 9 is 7; expected a string or an array of objects
        {"tools":{}}                                    | tools at byte 9 is an object; expected an array
        {"options":[]}                                  | options at byte 11 is an array; expected an object
        {"limit":1,"opts":{"cap":true}}                 | cap at byte 25 is a boolean; expected a whole number of at least 0
        []                                              | the body is an array at byte 0; expected a JSON object
        "secret"                                        | the body is a string at byte 0; expected a JSON object
        {} {}                                           | the body is not valid JSON: syntax error at byte 3; expected nothing behind the document
        {}x                                             | the body is not valid JSON: syntax error at byte 2; expected nothing behind the document
        {"a":secret}                                    | the body is not valid JSON: syntax error at byte 5; expected a value
        {"a":1,}                                        | the body is not valid JSON: syntax error at byte 7; expected a name in double quotes
        {'a':1}                                         | the body is not valid JSON: syntax error at byte 1; expected a name in double quotes
        {"a":NaN}                                       | the body is not valid JSON: syntax error at byte 5; expected a value
        {"a":"secret                                    | the body is not valid JSON: it ends at byte 12 inside an unfinished value
        {"a":1                                          | the body is not valid JSON: it ends at byte 6 inside an unfinished value
        """)
    void what_is_wrong_is_refused_with_its_name_place_and_what_was_expected(String json, String message) {
        assertThatThrownBy(() -> read(json.replace("\\\\u", "\\u")))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().kind()).isEqualTo(ErrorKind.MALFORMED);
                    assertThat(refused.refusal().message()).isEqualTo(message);
                });
    }

    @Test
    void a_body_in_another_encoding_is_refused_by_name() {
        assertThatThrownBy(() -> read("\uFEFF{}")).hasMessageContaining("byte order mark");
        for (var charset : new java.nio.charset.Charset[] {
            StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
        }) {
            assertThatThrownBy(() -> RequestReader.read(RequestBody.of("{\"a\":1}".getBytes(charset)), LAYOUT))
                    .as(charset.name())
                    .hasMessageContaining("not UTF-8");
        }
        assertThatThrownBy(() -> read("")).hasMessage("the body is empty; expected a JSON object");
        assertThatThrownBy(() -> read("  \n")).hasMessage("the body is blank; expected a JSON object");
    }

    @Test
    void invalid_utf8_inside_a_skipped_string_is_refused() {
        byte[] bytes = "{\"a\":\"xx\"}".getBytes(StandardCharsets.UTF_8);
        bytes[6] = (byte) 0xC3; // a lead byte without its continuation
        assertThatThrownBy(() -> RequestReader.read(RequestBody.of(bytes), LAYOUT))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void five_hundred_levels_are_read_and_one_more_is_refused() {
        assertThat(read("{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}")
                        .root()
                        .members()
                        .list())
                .hasSize(1);
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}"))
                .hasMessageContaining("500 levels");
        assertThatThrownBy(() -> read("{\"prompt\":" + "{\"a\":".repeat(500) + "1" + "}".repeat(500) + "}"))
                .hasMessageContaining("500 levels");
    }

    @Test
    void limits_hold_for_names_numbers_and_members() {
        assertThatThrownBy(() -> read("{\"" + "k".repeat(60_000) + "\":1}")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> read("{\"a\":" + "1".repeat(2_000) + "}")).isInstanceOf(RefusedException.class);
        StringBuilder many = new StringBuilder("{\"k\":0");
        for (int i = 0; i < 1_000; i++) {
            many.append(",\"k").append(i).append("\":0");
        }
        assertThatThrownBy(() -> read(many + "}")).hasMessageContaining("more than 1000 members");
    }

    @Test
    void a_duplicate_is_found_among_many_members() {
        StringBuilder many = new StringBuilder("{\"model\":\"a\"");
        for (int i = 0; i < 200; i++) {
            many.append(",\"k").append(i).append("\":0");
        }
        assertThat(read(many + "}").root().members().list()).hasSize(201);
        assertThatThrownBy(() -> read(many + ",\"k150\":1}")).hasMessageContaining("duplicate key \"k150\"");
        assertThatThrownBy(() -> read(many + ",\"model\":1}")).hasMessageContaining("duplicate key \"model\"");
    }

    @Test
    void a_name_in_a_message_is_short_and_harmless() {
        String name = "é\\u0007" + "n".repeat(80);
        assertThatThrownBy(() -> read("{\"" + name + "\":1,\"" + name + "\":2}"))
                .hasMessageContaining("duplicate key \"??" + "n".repeat(38) + "…\"");
    }

    @Test
    void null_counts_as_absent() {
        ParsedRequest parsed = read("""
                {"model":null,"stream":null,"max_tokens":null,"messages":null,"tools":null,"options":null}""");
        assertThat(parsed.root().string("model")).isNull();
        assertThat(parsed.root().flag("stream")).isNull();
        assertThat(parsed.root().integer("max_tokens")).isEqualTo(-1);
        assertThat(parsed.root().object("options").members().open()).isEqualTo(-1);
        assertThat(parsed.turns()).isEmpty();
    }

    @Test
    void values_are_found_under_the_layouts_own_name_for_them() {
        ParsedRequest parsed =
                read("{\"opts\":{\"limit\":12},\"model\":\"m\\u00e9\",\"stream\":true,\"max_tokens\":0}");
        assertThat(parsed.root().object("options").integer("cap")).isEqualTo(12);
        assertThat(parsed.root().string("model")).isEqualTo("mé");
        assertThat(parsed.root().flag("stream")).isTrue();
        assertThat(parsed.root().integer("max_tokens")).isZero();
    }

    @Test
    void an_escaped_key_is_the_same_key() {
        RequestBody body = body("{\"mod\\u0065l\":\"m\"}");
        ParsedRequest parsed = RequestReader.read(body, LAYOUT);
        assertThat(parsed.root().string("model")).isEqualTo("m");
        Member member = Objects.requireNonNull(parsed.root().members().get("model"));
        assertThat(body.text(member.value())).isEqualTo("\"m\"");
    }

    @Test
    void text_is_measured_unescaped_and_ids_types_and_media_are_left_out() {
        ParsedRequest parsed = read("""
                {"messages":[
                  {"role":"system","content":"aé\\n\\u4e2d\\ud83d\\ude00"},
                  {"role":"user","content":[{"type":"text","text":"12345"},{"type":"image_url","image_url":{"url":"data:xx"}}]},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}
                ]}""");
        assertThat(parsed.turns())
                .extracting(turn -> turn.role() + turn.textBytes())
                .containsExactly("system11", "user5", "assistant3");
        assertThat(parsed.textBytes()).isEqualTo(19);
        assertThat(parsed.images()).isEqualTo(1);
    }

    @Test
    void a_turn_without_a_role_goes_by_its_type() {
        assertThat(read("{\"input\":[{\"type\":\"function_call_output\",\"output\":\"abc\"}]}")
                        .turns())
                .singleElement()
                .satisfies(turn -> {
                    assertThat(turn.role()).isEqualTo("function_call_output");
                    assertThat(turn.textBytes()).isEqualTo(3);
                });
        assertThat(read("{\"input\":\"four\"}").textBytes()).isEqualTo(4);
    }

    @Test
    void token_ids_count_as_four_bytes() {
        assertThat(read("{\"prompt\":[[1,22,333],[4]]}").textBytes()).isEqualTo(16);
        assertThat(read("{\"prompt\":[\"ab\",\"c\"]}").textBytes()).isEqualTo(3);
    }

    @Test
    void tools_are_counted_also_in_nested_lists_and_measured_as_json() {
        ParsedRequest flat = read("{\"tools\":[{\"name\":\"a\"}, {\"name\":\"b\"}],\"response_format\":{\"a\" : 1}}");
        assertThat(flat.tools()).isEqualTo(2);
        assertThat(flat.textBytes()).isEqualTo(28 + 9);
        ParsedRequest nested = read(
                "{\"tools\":[{\"functionDeclarations\":[{},{},{}]},{\"googleSearch\":{}},{\"functionDeclarations\":[]}]}");
        assertThat(nested.tools()).isEqualTo(5);
    }
}
