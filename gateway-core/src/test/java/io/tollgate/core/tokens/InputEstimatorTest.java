package io.tollgate.core.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.http.RequestBody;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputEstimatorTest {
    /** The example of OpenAI's cookbook on counting tokens, with what its API said of it. */
    @ParameterizedTest
    @CsvSource({"gpt-3.5-turbo, 129", "gpt-4-0613, 129", "gpt-4, 129", "gpt-4o, 124", "gpt-4o-mini, 124"})
    void named_messages_are_counted_as_openai_counts_them(String model, long told) {
        String body = """
                {"messages": [
                 {"role": "system", "content": "You are a helpful, pattern-following assistant that translates corporate jargon into plain English."},
                 {"role": "system", "name": "example_user", "content": "New synergies will help drive top-line growth."},
                 {"role": "system", "name": "example_assistant", "content": "Things working well together will increase revenue."},
                 {"role": "system", "name": "example_user", "content": "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage."},
                 {"role": "system", "name": "example_assistant", "content": "Let's talk later when we're less busy about how to do better."},
                 {"role": "user", "content": "This late pivot means we don't have time to boil the ocean for the client deliverable."}]}
                """;
        assertThat(InputEstimator.estimate(
                        Requests.endpoint(new OpenAiChatDialect(), "/v1/chat/completions"),
                        RequestBody.of(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        model))
                .isEqualTo(told);
    }

    /** The cookbook's other example: a tool with two parameters. */
    @ParameterizedTest
    @CsvSource({"gpt-3.5-turbo, 105", "gpt-4, 105", "gpt-4o, 101", "gpt-4o-mini, 101"})
    void a_tool_is_counted_as_openai_counts_it(String model, long told) {
        assertThat(Requests.chat(model, """
                {'messages': [
                 {'role': 'system', 'content': 'You are a helpful assistant that can answer to questions about the weather.'},
                 {'role': 'user', 'content': 'What’s the weather like in San Francisco?'}],
                 'tools': [{'type': 'function', 'function': {'name': 'get_current_weather',
                  'description': 'Get the current weather in a given location',
                  'parameters': {'type': 'object', 'properties': {
                   'location': {'type': 'string', 'description': 'The city and state, e.g. San Francisco, CA'},
                   'unit': {'type': 'string', 'description': 'The unit of temperature to return', 'enum': ['celsius', 'fahrenheit']}},
                  'required': ['location']}}}]}
                """.replace("’", "\\u0027"))).isEqualTo(told);
    }

    /** Told by OpenAI's API, in its community's thread on the cost of tool calls. */
    @ParameterizedTest
    @CsvSource({"1, 40", "2, 89", "3, 114"})
    void calls_at_once_cost_more_than_one_after_the_other(int calls, long told) {
        String call =
                "{'id': 'a', 'type': 'function', 'function': {'name': 'calculator', 'arguments': '{\\u0022a\\u0022:2, \\u0022b\\u0022:2}'}}";
        String answer = ",{'role': 'tool', 'tool_call_id': 'a', 'content': '4'}";
        long tokens = Requests.chat(
                "gpt-3.5-turbo",
                "{'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': 'How much is 2 plus 2?'}]},"
                        + "{'role': 'assistant', 'tool_calls': [" + (call + ",").repeat(calls - 1) + call + "]}"
                        + answer.repeat(calls) + "]}");
        assertThat(tokens).isCloseTo(told, org.assertj.core.data.Offset.offset(2L));
    }

    @Test
    void reasoning_models_read_one_token_less() {
        String hello = "{'messages': [{'role': 'user', 'content': 'hello world'}]}";
        assertThat(Requests.chat("gpt-4o", hello)).isEqualTo(2 + 4 + 3);
        assertThat(Requests.chat("gpt-5", hello)).isEqualTo(2 + 4 + 2);
        assertThat(Requests.responses("gpt-5", "{'input': 'hello world'}")).isEqualTo(2 + 4 + 2);
    }

    @Test
    void the_same_prompt_counts_the_same_in_whichever_form_a_dialect_takes_it() {
        assertThat(Requests.responses("gpt-4o", "{'input': 'hello world'}"))
                .isEqualTo(Requests.responses(
                        "gpt-4o",
                        "{'input': [{'role': 'user', 'content': [{'type': 'input_text', 'text': 'hello world'}]}]}"));
        assertThat(Requests.anthropic(
                        "claude-sonnet-4-5",
                        "{'system': 'Be brief.', 'messages': [{'role': 'user', 'content': 'hello'}]}"))
                .isEqualTo(
                        Requests.anthropic(
                                "claude-sonnet-4-5",
                                "{'system': [{'type': 'text', 'text': 'Be brief.'}], 'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': 'hello'}]}]}"));
        assertThat(
                        Requests.gemini(
                                "gemini-2.5-flash",
                                "{'systemInstruction': {'parts': [{'text': 'Be brief.'}]}, 'contents': [{'parts': [{'text': 'hello'}]}], 'generationConfig': {}}"))
                .isEqualTo(
                        Requests.gemini(
                                "gemini-2.5-flash",
                                "{'system_instruction': {'parts': {'text': 'Be brief.'}}, 'contents': {'parts': {'text': 'hello'}}}"));
    }

    @Test
    void claude_adds_a_few_tokens_and_with_tools_some_hundred() {
        String plain = "'messages': [{'role': 'user', 'content': 'What is the weather in Paris?'}]";
        String tool =
                "'tools': [{'name': 'get_weather', 'description': 'The weather of a city.', 'input_schema': {'type': 'object', 'properties': {'city': {'type': 'string'}}, 'required': ['city']}}]";
        assertThat(Requests.anthropic("claude-sonnet-4-5", "{" + plain + "}")).isEqualTo(7 + 7);
        long withTool = Requests.anthropic("claude-sonnet-4-5", "{" + plain + "," + tool + "}");
        assertThat(withTool).isBetween(540L, 600L);
        assertThat(Requests.anthropic(
                        "claude-sonnet-4-5", "{" + plain + "," + tool + ",'tool_choice': {'type': 'any'}}"))
                .isGreaterThan(withTool);
        assertThat(Requests.anthropic(
                        "claude-sonnet-4-5",
                        "{" + plain + "," + tool.replace("'name'", "'defer_loading': true, 'name'") + "}"))
                .as("a tool that is loaded later is not in the prompt")
                .isEqualTo(14);
    }

    @Test
    void vertex_ai_bills_less_for_tools_than_the_gemini_api() {
        String body =
                "{'contents': [{'parts': [{'text': 'hello'}]}], 'tools': [{'functionDeclarations': [{'name': 'f', 'description': 'Does.', 'parameters': {'type': 'OBJECT', 'properties': {'a': {'type': 'STRING'}}}}]}]}";
        assertThat(Requests.vertex("gemini-2.5-flash", body)).isBetween(5L, 12L);
        assertThat(Requests.gemini("gemini-2.5-flash", body)).isBetween(30L, 45L);
        assertThat(Requests.gemini("gemini-2.0-flash", body)).isBetween(5L, 12L);
    }

    /** A PNG's head with this size. */
    private static String png(int width, int height) {
        java.nio.ByteBuffer head = java.nio.ByteBuffer.allocate(33);
        head.putLong(0x89504E470D0A1A0AL)
                .putInt(13)
                .putInt(0x49484452)
                .putInt(width)
                .putInt(height);
        return java.util.Base64.getEncoder().encodeToString(head.array());
    }

    /** The examples of OpenAI's guide on images. */
    @ParameterizedTest
    @CsvSource({
        "gpt-4o, 1024, 1024, high, 765",
        "gpt-4o, 2048, 4096, high, 1105",
        "gpt-4o, 4096, 8192, low, 85",
        "gpt-4.1-mini, 1024, 1024, high, 1659"
    })
    void images_are_counted_by_the_documented_formula(String model, int width, int height, String detail, long told) {
        String image =
                "{'messages': [{'role': 'user', 'content': [{'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,"
                        + png(width, height) + "', 'detail': '" + detail + "'}}]}]}";
        assertThat(Requests.chat(model, image) - 4 - 3).isEqualTo(told);
    }

    @Test
    void claude_counts_pixels_and_gemini_tiles() {
        assertThat(Requests.anthropic(
                                "claude-sonnet-4-5",
                                "{'messages': [{'role': 'user', 'content': [{'type': 'image', 'source': {'type': 'base64', 'data': '"
                                        + png(1000, 1000) + "'}}]}]}")
                        - 7)
                .isCloseTo(1334, Percentage.withPercentage(1));
        assertThat(Requests.gemini(
                        "gemini-2.5-flash",
                        "{'contents': [{'parts': [{'inlineData': {'mimeType': 'image/png', 'data': '" + png(300, 300)
                                + "'}}]}]}"))
                .isEqualTo(258);
    }

    @Test
    void a_schema_that_refers_to_itself_is_rendered_to_an_end() {
        String schema =
                "{'type': 'object', '$defs': {'Node': {'type': 'object', 'properties': {'left': {'$ref': '#/$defs/Node'}, 'right': {'$ref': '#/$defs/Node'}, 'both': {'anyOf': [{'$ref': '#/$defs/Node'}, {'$ref': '#/$defs/Node'}]}}}}, 'properties': {'root': {'$ref': '#/$defs/Node'}}}";
        long tokens = Requests.chat(
                "gpt-4o",
                "{'messages': [], 'tools': [{'type': 'function', 'function': {'name': 'f', 'parameters': " + schema
                        + "}}], 'prompt': 'x'}");
        assertThat(tokens).isPositive();
        assertThat(Requests.chat(
                        "gpt-4o",
                        "{'messages': [{'role': 'user', 'content': 'x'}], 'tools': [{'type': 'function', 'function': {'name': 'f', 'parameters': "
                                + schema + "}}]}"))
                .isBetween(50L, 4_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "'text'",
                "{'messages': 7}",
                "{'messages': [7, null, {}], 'tools': {'a': 1}}",
                "{'input': {'role': 5}}",
                "{'contents': [[]], 'tools': 'x'}"
            })
    void what_is_no_request_is_estimated_all_the_same(String body) {
        assertThat(Requests.chat("gpt-4o", body)).isNotNegative();
        assertThat(Requests.responses("gpt-5", body)).isNotNegative();
        assertThat(Requests.anthropic("claude-sonnet-5", body)).isNotNegative();
        assertThat(Requests.gemini("gemini-3-pro", body)).isNotNegative();
    }

    @Test
    void random_json_is_never_too_much() {
        for (int i = 0; i < 300; i++) {
            long seed = 400L + i;
            Random random = new Random(seed);
            String body = value(random, 6);
            assertThat(Requests.chat("gpt-4o", body))
                    .as("seed %d: %s", seed, body)
                    .isNotNegative();
            assertThat(Requests.responses("gpt-4o", body))
                    .as("seed %d: %s", seed, body)
                    .isNotNegative();
            assertThat(Requests.anthropic("claude-3-haiku", body))
                    .as("seed %d: %s", seed, body)
                    .isNotNegative();
            assertThat(Requests.gemini("gemini-2.0-flash", body))
                    .as("seed %d: %s", seed, body)
                    .isNotNegative();
        }
    }

    private static final String[] NAMES = {
        "messages",
        "content",
        "role",
        "tools",
        "function",
        "parameters",
        "properties",
        "type",
        "input",
        "text",
        "parts",
        "contents",
        "functionCall",
        "input_schema",
        "enum",
        "anyOf",
        "$ref",
        "image_url",
        "source",
        "data",
        "tool_calls",
        "arguments"
    };

    private static String value(Random random, int depth) {
        StringBuilder json = new StringBuilder();
        switch (depth == 0 ? 3 + random.nextInt(3) : random.nextInt(6)) {
            case 0, 1 -> {
                json.append('{');
                for (int i = random.nextInt(5); i >= 0; i--) {
                    json.append('\'')
                            .append(NAMES[random.nextInt(NAMES.length)])
                            .append("':")
                            .append(value(random, depth - 1))
                            .append(i > 0 ? "," : "");
                }
                json.append('}');
            }
            case 2 -> {
                json.append('[');
                for (int i = random.nextInt(4); i >= 0; i--) {
                    json.append(value(random, depth - 1)).append(i > 0 ? "," : "");
                }
                json.append(']');
            }
            case 3 ->
                json.append('\'').append(NAMES[random.nextInt(NAMES.length)]).append('\'');
            case 4 -> json.append(random.nextInt(1000));
            default -> json.append(random.nextBoolean() ? "null" : "true");
        }
        return json.toString();
    }
}
