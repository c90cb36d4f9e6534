package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Candidate;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's SDK for Java reads answers that were converted as it reads the provider's own. */
class ConvertedGeminiTest extends ConvertedAnswers {
    private static final String MODEL = "gemini-2.5-flash";
    private static final String QUESTION = "Tell me about tides";
    private static final GenerateContentConfig USUAL =
            GenerateContentConfig.builder().build();
    private static final String PLAIN = """
            {
              "candidates": [{"content": {"role": "model", "parts": [
                  {"text": "The moon pulls, and the sun pulls too, a little less.", "thought": true},
                  {"text": "The tide – \\ud83c\\udf0a – rises twice a day.\\nAlways and everywhere."},
                  {"functionCall": {"name": "get_tide", "args": {"harbour": "Saint-Malo", "days": 2}}, "thoughtSignature": "CikB"},
                  {"functionCall": {"name": "get_moon", "args": {}}}]},
                "finishReason": "STOP", "index": 0}],
              "usageMetadata": {"promptTokenCount": 12, "candidatesTokenCount": 34, "thoughtsTokenCount": 9, "totalTokenCount": 55},
              "modelVersion": "gemini-2.5-flash", "responseId": "r-1"
            }
            """;
    private static final String STREAM = """
            data: {"candidates":[{"content":{"parts":[{"text":"The moon","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":12,"totalTokenCount":12},"modelVersion":"gemini-2.5-flash","responseId":"r-2"}

            data: {"candidates":[{"content":{"parts":[{"text":" pulls.","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":12,"totalTokenCount":12},"modelVersion":"gemini-2.5-flash","responseId":"r-2"}

            data: {"candidates":[{"content":{"parts":[{"text":"Twice a "}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":2,"totalTokenCount":14},"modelVersion":"gemini-2.5-flash","responseId":"r-2"}

            data: {"candidates":[{"content":{"parts":[{"text":"day."},{"functionCall":{"name":"get_tide","args":{"days":2}},"thoughtSignature":"CikB"}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":8,"totalTokenCount":20},"modelVersion":"gemini-2.5-flash","responseId":"r-2"}

            data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":9,"thoughtsTokenCount":4,"totalTokenCount":25},"modelVersion":"gemini-2.5-flash","responseId":"r-2"}

            """;

    private Client client;

    ConvertedGeminiTest() {
        super("gemini");
    }

    @BeforeEach
    void connect() {
        client = Client.builder()
                .apiKey("sk-caller-0123456789")
                .httpOptions(HttpOptions.builder()
                        .baseUrl(url())
                        .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                        .build())
                .build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void a_stream_made_from_a_plain_answer() {
        plainThenStream(PLAIN);
        GenerateContentResponse plain = client.models.generateContent(MODEL, QUESTION, USUAL);
        List<GenerateContentResponse> streamed = streamed();

        assertThat(streamed).hasSizeGreaterThan(4);
        assertThatBothTellTheSame(streamed, plain);
    }

    @Test
    void a_plain_answer_made_from_a_stream() {
        streamThenPlain(STREAM);
        List<GenerateContentResponse> streamed = streamed();
        GenerateContentResponse plain = client.models.generateContent(MODEL, QUESTION, USUAL);

        assertThat(text(List.of(plain), false)).isEqualTo("Twice a day.");
        assertThat(plain.usageMetadata().orElseThrow().totalTokenCount()).contains(25);
        assertThatBothTellTheSame(streamed, plain);
    }

    private List<GenerateContentResponse> streamed() {
        List<GenerateContentResponse> answers = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, QUESTION, USUAL)) {
            stream.forEach(answers::add);
        }
        return answers;
    }

    private static void assertThatBothTellTheSame(
            List<GenerateContentResponse> streamed, GenerateContentResponse plain) {
        List<GenerateContentResponse> whole = List.of(plain);
        assertThat(text(streamed, false)).isEqualTo(text(whole, false));
        assertThat(text(streamed, true)).isEqualTo(text(whole, true));
        assertThat(calls(streamed)).hasSameSizeAs(calls(whole)).isEqualTo(calls(whole));
        assertThat(streamed.getLast().finishReason().knownEnum())
                .isEqualTo(plain.finishReason().knownEnum());
        assertThat(streamed.getLast().usageMetadata()).isPresent().isEqualTo(plain.usageMetadata());
        assertThat(streamed).allSatisfy(answer -> {
            assertThat(answer.responseId()).isEqualTo(plain.responseId());
            assertThat(answer.modelVersion()).isEqualTo(plain.modelVersion());
        });
    }

    private static List<Part> parts(List<GenerateContentResponse> answers) {
        return answers.stream()
                .flatMap(answer -> answer.candidates().stream().flatMap(List::stream))
                .flatMap((Candidate candidate) -> candidate.content().stream())
                .flatMap(content -> content.parts().stream().flatMap(List::stream))
                .toList();
    }

    private static String text(List<GenerateContentResponse> answers, boolean thought) {
        return parts(answers).stream()
                .filter(part -> part.thought().orElse(false) == thought)
                .flatMap(part -> part.text().stream())
                .collect(Collectors.joining());
    }

    private static List<FunctionCall> calls(List<GenerateContentResponse> answers) {
        return parts(answers).stream()
                .flatMap(part -> part.functionCall().stream())
                .toList();
    }
}
