package io.tollgate.core.dialect.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.RequestHead;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    private static final Dialects DIALECTS = new Dialects(new AnthropicDialect(), new GeminiDialect());

    private final Endpoints endpoints = new Endpoints(
            Map.of(
                    "openai", Family.OPENAI,
                    "azure", Family.OPENAI,
                    "groq", Family.OPENAI,
                    "deepseek", Family.OPENAI,
                    "perplexity", Family.OPENAI,
                    "bedrock", Family.OPENAI,
                    "anthropic", Family.ANTHROPIC,
                    "gemini", Family.GEMINI),
            DIALECTS);

    private static RequestHead head(String method, String path, String... headers) {
        HttpHeaders all = new DefaultHttpHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return RequestHead.of(HttpMethod.valueOf(method), path, all);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        POST | /v1/chat/completions                                   | openai-chat        | GENERATE     | -          | /v1/chat/completions | - | false
        POST | /v1/chat/completions/                                  | openai-chat        | GENERATE     | -          | /v1/chat/completions/ | - | false
        POST | /v1/responses                                          | openai-responses   | GENERATE     | -          | /v1/responses | - | false
        POST | /v1/responses/compact                                  | openai-responses   | GENERATE     | -          | /v1/responses/compact | - | false
        POST | /v1/responses/input_tokens                             | openai-responses   | COUNT_TOKENS | -          | /v1/responses/input_tokens | - | false
        GET  | /v1/responses/resp_1                                   | openai-responses   | TUNNEL       | -          | /v1/responses/resp_1 | - | false
        POST | /v1/responses/resp_1/cancel                            | openai-responses   | TUNNEL       | -          | /v1/responses/resp_1/cancel | - | false
        POST | /v1/completions                                        | openai-completions | GENERATE     | -          | /v1/completions | - | false
        POST | /v1/embeddings                                         | openai-embeddings  | EMBED        | -          | /v1/embeddings | - | false
        GET  | /v1/models                                             | tunnel             | LIST_MODELS  | -          | /v1/models | - | false
        GET  | /v1/models/gpt-4o                                      | tunnel             | LIST_MODELS  | -          | /v1/models/gpt-4o | - | false
        POST | /openai/v1/chat/completions                            | openai-chat        | GENERATE     | openai     | /v1/chat/completions | - | false
        POST | /openai/v1/files                                       | tunnel             | TUNNEL       | openai     | /v1/files | - | false
        GET  | /openai/v1/batches/b                                   | tunnel             | TUNNEL       | openai     | /v1/batches/b | - | false
        GET  | /openai/v1/models                                      | tunnel             | LIST_MODELS  | openai     | /v1/models | - | false
        GET  | /openai/v1/chat/completions                            | tunnel             | TUNNEL       | openai     | /v1/chat/completions | - | false
        GET  | /openai/v1/responses/resp_1/input_items                | openai-responses   | TUNNEL       | openai     | /v1/responses/resp_1/input_items | - | false
        POST | /groq/v1/chat/completions                              | openai-chat        | GENERATE     | groq       | /v1/chat/completions | - | false
        POST | /groq/openai/v1/chat/completions                       | openai-chat        | GENERATE     | groq       | /openai/v1/chat/completions | - | false
        POST | /deepseek/chat/completions                             | openai-chat        | GENERATE     | deepseek   | /chat/completions | - | false
        POST | /deepseek/beta/completions                             | openai-completions | GENERATE     | deepseek   | /beta/completions | - | false
        POST | /deepseek/anthropic/v1/messages                        | anthropic          | GENERATE     | deepseek   | /anthropic/v1/messages | - | false
        POST | /perplexity/chat/completions                           | openai-chat        | GENERATE     | perplexity | /chat/completions | - | false
        POST | /openai/deployments/gpt%20x/chat/completions           | openai-chat        | GENERATE     | azure      | /openai/deployments/gpt%20x/chat/completions | gpt x | false
        POST | /azure/openai/deployments/prod/chat/completions        | openai-chat        | GENERATE     | azure      | /openai/deployments/prod/chat/completions | prod | false
        POST | /azure/openai/deployments/prod/embeddings              | openai-embeddings  | EMBED        | azure      | /openai/deployments/prod/embeddings | prod | false
        POST | /azure/openai/deployments/prod/completions             | openai-completions | GENERATE     | azure      | /openai/deployments/prod/completions | prod | false
        POST | /azure/openai/v1/responses                             | openai-responses   | GENERATE     | azure      | /openai/v1/responses | - | false
        POST | /azure/models/chat/completions                         | openai-chat        | GENERATE     | azure      | /models/chat/completions | - | false
        POST | /models/chat/completions                               | openai-chat        | GENERATE     | -          | /models/chat/completions | - | false
        POST | /v1/messages                                           | anthropic          | GENERATE     | -          | /v1/messages | - | false
        POST | /v1/messages/count_tokens                              | anthropic          | COUNT_TOKENS | -          | /v1/messages/count_tokens | - | false
        POST | /anthropic/v1/messages                                 | anthropic          | GENERATE     | anthropic  | /v1/messages | - | false
        POST | /anthropic/v1/messages/batches                         | tunnel             | TUNNEL       | anthropic  | /v1/messages/batches | - | false
        POST | /anthropic/v1/chat/completions                         | openai-chat        | GENERATE     | anthropic  | /v1/chat/completions | - | false
        POST | /v1beta/models/gemini-2.5-pro:generateContent          | gemini             | GENERATE     | -          | /v1beta/models/gemini-2.5-pro:generateContent | gemini-2.5-pro | false
        POST | /v1beta/models/gemini-2.5-pro:streamGenerateContent    | gemini             | GENERATE     | -          | /v1beta/models/gemini-2.5-pro:streamGenerateContent | gemini-2.5-pro | true
        POST | /v1/models/gemini-2.5-pro:countTokens                  | gemini             | COUNT_TOKENS | -          | /v1/models/gemini-2.5-pro:countTokens | gemini-2.5-pro | false
        POST | /gemini/v1beta/models/g%3AgenerateContent              | gemini             | GENERATE     | gemini     | /v1beta/models/g%3AgenerateContent | g | false
        POST | /gemini/v1beta/models/e:embedContent                   | tunnel             | TUNNEL       | gemini     | /v1beta/models/e:embedContent | e | false
        POST | /gemini/v1beta/openai/chat/completions                 | openai-chat        | GENERATE     | gemini     | /v1beta/openai/chat/completions | - | false
        GET  | /gemini/v1beta/models                                  | tunnel             | LIST_MODELS  | gemini     | /v1beta/models | - | false
        POST | /v1/projects/p/locations/l/publishers/google/models/m:generateContent | gemini | GENERATE  | -          | /v1/projects/p/locations/l/publishers/google/models/m:generateContent | m | false
        POST | /gemini/v1beta1/projects/p/locations/l/publishers/google/models/m:streamGenerateContent | gemini | GENERATE | gemini | /v1beta1/projects/p/locations/l/publishers/google/models/m:streamGenerateContent | m | true
        POST | /bedrock/model/us.anthropic.claude-v1%3A0/converse     | tunnel             | TUNNEL       | bedrock    | /model/us.anthropic.claude-v1%3A0/converse | us.anthropic.claude-v1:0 | false
        POST | /bedrock/model/arn%3Aaws%3Abedrock%3Aeu%3A1%3Ax%2Fy/invoke | tunnel         | TUNNEL       | bedrock    | /model/arn%3Aaws%3Abedrock%3Aeu%3A1%3Ax%2Fy/invoke | arn:aws:bedrock:eu:1:x/y | false
        """)
    void a_path_leads_to_its_dialect(
            String method,
            String path,
            String dialect,
            Operation operation,
            @Nullable String provider,
            String below,
            @Nullable String model,
            boolean streams) {
        Endpoint endpoint = endpoints.resolve(head(method, path + "?api-version=1"));
        assertThat(endpoint.dialect().name()).isEqualTo(dialect);
        assertThat(endpoint.operation()).isEqualTo(operation);
        assertThat(endpoint.provider()).isEqualTo(provider);
        assertThat(endpoint.path()).isEqualTo(below);
        assertThat(endpoint.model()).isEqualTo(model);
        assertThat(endpoint.streams()).isEqualTo(streams);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1/chat/completions",
                "http://host/v1/chat/completions",
                "/openai//v1/chat/completions",
                "//v1/chat/completions",
                "/openai/v1/chat/completions//",
                "/openai/v1/files/../chat/completions",
                "/openai/v1/./chat/completions",
                "/openai/..",
                "/openai/v1/%2e%2e/chat/completions",
                "/openai/v1/%2E/chat",
                "/openai/v1%2Fchat%2fcompletions",
                "/bedrock/model/arn%3Ax%2Fchat%2Fcompletions",
                "/bedrock/models/arn%3Ax%2Fy/invoke",
                "/bedrock/model/x%2Farn%3Ay/invoke",
                "/bedrock/arn%3Ax%2Fy/invoke",
                "/openai/v1%5cchat",
                "/openai/v1\\chat\\completions",
                "/openai/v1/%63hat/completions",
                "/openai/v1/chat%2Dcompletions",
                "/openai/v1/%25%36%33hat/completions",
                "/openai/v1/chat/completions;x=1",
                "/openai/v1/chat/completions%00",
                "/openai/v1/chat/completions%0a",
                "/openai/v1/chat\t/completions",
                "/openai/v1/chat completions",
                "/openai/v1/caf\u00e9",
                "/openai/v1/%zz",
                "/openai/v1/%4",
                "/openai/v1/Chat/Completions",
                "/azure/openai/deployments/prod/CHAT/completions",
                "/V1/chat/completions/../../v1"
            })
    void a_path_that_can_be_read_in_two_ways_is_refused(String path) {
        assertThatThrownBy(() -> endpoints.resolve(head("POST", path)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().kind()).isEqualTo(ErrorKind.MALFORMED));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /",
        "GET, /openai",
        "POST, /chat/completions",
        "POST, /mistral/v1/chat/completions",
        "POST, /v1/files",
        "GET, /v1/chat/completions",
        "POST, /V1/chat/completions",
        "GET, /favicon.ico",
        "HEAD, /"
    })
    void a_path_that_leads_nowhere_is_refused_with_what_would(String method, String path) {
        assertThatThrownBy(() -> endpoints.resolve(head(method, path)))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().kind()).isEqualTo(ErrorKind.NOT_FOUND);
                    assertThat(refused.refusal().message())
                            .startsWith("nothing is served at " + method + " " + path)
                            .contains("/v1/chat/completions")
                            .contains("[anthropic, azure, bedrock");
                });
    }

    @Test
    void without_a_provider_of_that_name_azures_paths_stand_alone() {
        Endpoints few = new Endpoints(Map.of("main", Family.OPENAI), DIALECTS);
        Endpoint endpoint = few.resolve(head("POST", "/openai/v1/chat/completions"));
        assertThat(endpoint.provider()).isNull();
        assertThat(endpoint.path()).isEqualTo("/openai/v1/chat/completions");
        assertThat(few.resolve(head("POST", "/openai/deployments/d/chat/completions"))
                        .provider())
                .isNull();
    }

    @Test
    void a_list_of_models_goes_by_the_marks_of_the_sdk_that_asks() {
        assertThat(endpoints.resolve(head("GET", "/v1/models")).dialect().family())
                .isEqualTo(Family.OPENAI);
        assertThat(endpoints
                        .resolve(head("GET", "/v1/models", "anthropic-version", "2023-06-01"))
                        .dialect()
                        .family())
                .isEqualTo(Family.ANTHROPIC);
        assertThat(endpoints.resolve(head("GET", "/v1beta/models")).dialect().family())
                .isEqualTo(Family.GEMINI);
    }

    @Test
    void a_refused_path_is_refused_in_the_language_of_its_prefix_or_sdk() {
        assertThat(endpoints.errorsFor(head("POST", "/anthropic/../x")).family())
                .isEqualTo(Family.ANTHROPIC);
        assertThat(endpoints
                        .errorsFor(head("POST", "/nowhere", "x-goog-api-key", "k"))
                        .family())
                .isEqualTo(Family.GEMINI);
        assertThat(endpoints.errorsFor(head("POST", "")).family()).isEqualTo(Family.OPENAI);
    }

    @Test
    void a_provider_may_not_be_named_like_the_beginning_of_a_path() {
        assertThatThrownBy(() -> new Endpoints(Map.of("v1", Family.OPENAI), DIALECTS))
                .hasMessageContaining("provider name v1");
    }
}
