package io.tollgate.core.dialect.gemini;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiDialectTest {
    private static final GeminiDialect DIALECT = new GeminiDialect();
    private static final String PATH = "/v1beta/models/gemini-3-flash:generateContent";
    private static final Endpoint GENERATE =
            new Endpoint(DIALECT, Operation.GENERATE, null, PATH, "gemini-3-flash", false);
    private static final String FULL = """
            {"systemInstruction": {"role": "user", "parts": [{"text": "Be brief."}]},
             "generationConfig": {"maxOutputTokens": 800, "candidateCount": 2, "temperature": 0.5},
             "tools": [{"functionDeclarations": [{"name": "a"}, {"name": "b"}]}, {"googleSearch": {}}],
             "contents": [
              {"role": "user", "parts": [{"text": "Grüße"}, {"inlineData": {"mimeType": "image/png", "data": "AAAA"}}]},
              {"role": "model", "parts": [{"functionCall": {"name": "a", "args": {"q": "xy"}}, "thoughtSignature": "c2k="}]},
              {"parts": [{"functionResponse": {"name": "a", "response": {"r": "z"},
                "parts": [{"inline_data": {"mime_type": "image/png", "data": "BBBB"}}]}}]}]}""";

    @Test
    void all_facts_come_from_one_pass() {
        RequestFacts facts = read(FULL);
        assertThat(facts.model()).isEqualTo("gemini-3-flash");
        assertThat(facts.outputCap()).isEqualTo(800);
        assertThat(facts.capField()).isEqualTo("maxOutputTokens");
        assertThat(facts.answers()).isEqualTo(2);
        assertThat(facts.tools()).isEqualTo(3);
        assertThat(facts.images()).isEqualTo(2);
        assertThat(facts.turns()).extracting(RequestFacts.Turn::role).containsExactly("user", "model", "");
        assertThat(facts.turns()).extracting(RequestFacts.Turn::textBytes).containsExactly(7, 3, 2);
    }

    @Test
    void snake_case_is_the_same_language() {
        RequestFacts facts = read("{\"system_instruction\":{\"parts\":[{\"text\":\"four\"}]},\"generation_config\":"
                + "{\"max_output_tokens\":7,\"candidate_count\":3}}");
        assertThat(facts.outputCap()).isEqualTo(7);
        assertThat(facts.capField()).isEqualTo("max_output_tokens");
        assertThat(facts.answers()).isEqualTo(3);
        assertThat(facts.textBytes()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"generationConfig\": {\"thinkingConfig\": {\"thinkingBudget\": 1024}} | 1024",
                "\"generation_config\": {\"thinking_config\": {\"thinking_budget\": \"512\"}} | 512",
                "\"generationConfig\": {\"thinkingConfig\": {\"thinkingBudget\": -1}} | 0",
                "\"generationConfig\": {\"thinkingConfig\": {\"thinkingLevel\": \"high\"}} | 0",
                "\"generationConfig\": {} | 0",
                "\"thinkingConfig\": {\"thinkingBudget\": 7} | 0"
            })
    void what_is_set_aside_for_thinking_is_found_in_either_spelling(String member, long tokens) {
        RequestBody body = RequestBody.of(utf8("{" + member + "}"));
        assertThat(DIALECT.thinkingBudget(DIALECT.read(GENERATE, body), body)).isEqualTo(tokens);
    }

    @Test
    void what_protocol_buffers_take_for_lists_and_numbers_is_taken() {
        RequestFacts facts = read("{\"contents\":{\"role\":\"user\",\"parts\":{\"text\":\"ab\"}},\"tools\":"
                + "{\"function_declarations\":[{\"name\":\"a\"}]},\"generationConfig\":{\"maxOutputTokens\":\"64\","
                + "\"candidateCount\":1.0}}");
        assertThat(facts.turns()).extracting(RequestFacts.Turn::textBytes).containsExactly(2);
        assertThat(facts.tools()).isEqualTo(1);
        assertThat(facts.outputCap()).isEqualTo(64);
        assertThat(facts.answers()).isEqualTo(1);
    }

    @Test
    void the_texts_of_embeddings_are_measured() {
        assertThat(read("{\"model\":\"models/gemini-3-flash\",\"content\":{\"parts\":[{\"text\":\"abc\"}]}}")
                        .textBytes())
                .isEqualTo(3);
        assertThat(read("{\"requests\":[{\"model\":\"models/e\",\"content\":{\"parts\":[{\"text\":\"abc\"}]},"
                                + "\"taskType\":\"RETRIEVAL_QUERY\"},{\"content\":{\"parts\":[{\"text\":\"de\"}]}}]}")
                        .textBytes())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"generationConfig\":{ \"maxOutputTokens\" : 5 , \"a\":1}}|{\"generationConfig\":{ \"maxOutputTokens\" : 99 , \"a\":1}}",
                "{\"generation_config\":{\"max_output_tokens\":\"5\"}}|{\"generation_config\":{\"max_output_tokens\":99}}",
                "{\"generation_config\":{\"temperature\":0}}|{\"generation_config\":{\"maxOutputTokens\":99,\"temperature\":0}}",
                "{\"generationConfig\":{}}|{\"generationConfig\":{\"maxOutputTokens\":99}}",
                "{\"generationConfig\":null,\"a\":1}|{\"generationConfig\":{\"maxOutputTokens\":99},\"a\":1}",
                "{\"a\":1}|{\"generationConfig\":{\"maxOutputTokens\":99},\"a\":1}",
                "{}|{\"generationConfig\":{\"maxOutputTokens\":99}}",
            })
    void the_cap_is_spliced_where_it_stands_or_belongs(String body, String expected) {
        RequestBody request = RequestBody.of(utf8(body));
        List<BodyEdit> edits = DIALECT.outputCap(DIALECT.read(GENERATE, request), null, 99);
        assertThat(text(new SplicedBody(request, edits).toBytes())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/gemini-3-flash:generateContent,gemini-3-pro,/v1beta/models/gemini-3-pro:generateContent",
        "/v1beta/models/gemini-3-flash:streamGenerateContent,a b:c/d@é,/v1beta/models/a%20b%3Ac%2Fd%40%C3%A9:streamGenerateContent",
        "/v1/projects/p/locations/l/publishers/google/models/m%20x:countTokens,n,/v1/projects/p/locations/l/publishers/google/models/n:countTokens",
        "/v1beta/tunedModels/mine-1:generateContent,n,/v1beta/models/n:generateContent",
        "/v1beta/models/m%3AgenerateContent,n,/v1beta/models/n%3AgenerateContent",
        "/v1beta/models/m,n,/v1beta/models/n",
    })
    void another_model_takes_its_place_in_the_path(String path, String model, String expected) {
        assertThat(DIALECT.path(endpoint(path), model)).isEqualTo(expected);
    }

    @Test
    void the_same_model_leaves_the_path_as_it_is_and_a_path_without_one_is_an_error() {
        assertThat(DIALECT.path(GENERATE, "gemini-3-flash")).isSameAs(PATH);
        assertThatThrownBy(() -> DIALECT.path(endpoint("/v1beta/files"), "n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/v1beta/files");
    }

    @Test
    void a_model_repeated_in_the_body_follows_the_path() {
        RequestBody request = RequestBody.of(utf8("{\"model\":\"models/gemini-3-flash\",\"contents\":[]}"));
        List<BodyEdit> edits = DIALECT.model(DIALECT.read(GENERATE, request), "gemini-3-pro");
        assertThat(text(new SplicedBody(request, edits).toBytes()))
                .isEqualTo("{\"model\":\"models/gemini-3-pro\",\"contents\":[]}");
        assertThat(DIALECT.model(read("{\"contents\":[]}"), "gemini-3-pro")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"contents\":[],\"contents\":[]}|duplicate key \"contents\" at byte 15",
                "{\"generationConfig\":{},\"generation_config\":{}}|duplicate key \"generation_config\" at byte 23",
                "{\"generationConfig\":{\"maxOutputTokens\":1,\"max_output_tokens\":2}}|duplicate key \"max_output_tokens\"",
                "{\"generationConfig\":{\"candidateCount\":1,\"candidateCount\":2}}|duplicate key \"candidateCount\"",
                "{\"systemInstruction\":{},\"system_instruction\":{}}|duplicate key \"system_instruction\"",
                "{\"generationConfig\":{\"maxOutputTokens\":\"many\"}}|maxOutputTokens at byte 39 is a string; expected a whole number",
                "{\"generationConfig\":{\"maxOutputTokens\":-1}}|maxOutputTokens at byte 39 is -1",
                "{\"generationConfig\":{\"maxOutputTokens\":1.5}}|maxOutputTokens at byte 39 is 1.5",
                "{\"generationConfig\":[]}|generationConfig at byte 20 is an array; expected an object",
                "{\"generationConfig\":{\"candidateCount\":4000000000}}|candidateCount is 4000000000; expected at most 1000",
                "{\"contents\":\"hi\"}|contents at byte 12 is a string; expected an array of objects",
                "{\"model\":\"models/gemini-9-ultra\"}|model in the body is not \"gemini-3-flash\"",
                "{\"model\":7}|model at byte 9 is 7; expected a string",
            })
    void what_is_malformed_is_refused_by_name_and_place(String body, String message) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void mutated_requests_are_read_or_refused() {
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            byte[] body = Mutations.of(utf8(FULL), random);
            try {
                RequestFacts facts = DIALECT.read(GENERATE, RequestBody.of(body));
                assertThat(new SplicedBody(RequestBody.of(body), DIALECT.outputCap(facts, null, 5)).length())
                        .as("seed %d", seed)
                        .isPositive();
            } catch (RefusedException e) {
                assertThat(e.refusal().kind()).as("seed %d", seed).isEqualTo(ErrorKind.MALFORMED);
            }
        }
    }

    @Test
    void errors_are_googles_own_in_each_form_of_answer() {
        Refusal refusal = new Refusal(ErrorKind.BUDGET_EXHAUSTED, "spent \"all\"");
        String json = "{\"error\":{\"code\":402,\"message\":\"spent \\\"all\\\"\",\"status\":\"RESOURCE_EXHAUSTED\"}}";
        assertThat(text(DIALECT.errorBody(refusal, 402, "r"))).isEqualTo(json);
        assertThat(text(DIALECT.errorEvent(refusal, "r"))).isEqualTo("data: " + json + "\r\n\r\n");
        assertThat(text(DIALECT.errorEvent(refusal, "r", "text/event-stream"))).isEqualTo("data: " + json + "\r\n\r\n");
        assertThat(text(DIALECT.errorEvent(refusal, "r", "application/json; charset=UTF-8")))
                .isEqualTo(json);
        assertThat(text(DIALECT.errorEvent(refusal, "r", null))).startsWith("data: ");
    }

    private static Endpoint endpoint(String path) {
        return new Endpoint(DIALECT, Operation.GENERATE, null, path, "old", false);
    }

    private static RequestFacts read(@Nullable String body) {
        return DIALECT.read(GENERATE, RequestBody.of(utf8(String.valueOf(body))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
