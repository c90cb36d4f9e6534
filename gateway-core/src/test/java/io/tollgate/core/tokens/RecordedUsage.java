package io.tollgate.core.tokens;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.dialect.openairesponses.OpenAiResponsesDialect;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.text.JsonString;
import io.tollgate.core.tokens.prompt.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Recorded requests and what their providers billed, from a folder beside some checkouts; never part of this one. */
record RecordedUsage(String maker, String kind, String model, Endpoint endpoint, RequestBody body, long billed) {
    private static final String NAME = "eval/tokens_provider_usage.jsonl.gz";

    /** All rows in one of the four dialects; skips the test where there are none. */
    static List<RecordedUsage> rows() throws IOException {
        Path file = file();
        Assumptions.assumeTrue(file != null, "skipped: no ../shared/" + NAME + " (TOLLGATE_SHARED names it elsewhere)");
        List<RecordedUsage> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Json row = Json.parse(line);
                RecordedUsage usage = row == null ? null : row(row);
                if (usage != null) {
                    rows.add(usage);
                }
            }
        }
        return rows;
    }

    private static @Nullable Path file() {
        String told = System.getProperty("TOLLGATE_SHARED", System.getenv("TOLLGATE_SHARED"));
        if (told != null) {
            return existing(Path.of(told, NAME));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = existing(at.resolve("shared").resolve(NAME));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Path existing(Path file) {
        return Files.isRegularFile(file) ? file : null;
    }

    private static @Nullable RecordedUsage row(Json row) {
        String model = row.get("model").text();
        String turns = turns(row, "role", "content");
        String tools = row.get("tools").elements().isEmpty()
                ? ""
                : ",\"tools\":" + row.get("tools").compact();
        return switch (row.get("api").text()) {
            case "openai.chat" ->
                of(row, new OpenAiChatDialect(), "/v1/chat/completions", "{\"messages\":" + turns + tools + "}");
            case "openai.responses" ->
                of(row, new OpenAiResponsesDialect(), "/v1/responses", "{\"input\":" + turns + tools + "}");
            case "anthropic.messages" ->
                of(row, new AnthropicDialect(), "/v1/messages", "{\"messages\":" + turns + tools + "}");
            case "gemini.generateContent" ->
                of(row, new GeminiDialect(), "/v1beta/models/" + model + ":generateContent", gemini(row, tools));
            case "vertex.generateContent" ->
                of(
                        row,
                        new GeminiDialect(),
                        "/v1/projects/p/locations/l/publishers/google/models/" + model + ":generateContent",
                        gemini(row, tools));
            default -> null;
        };
    }

    private static String turns(Json row, String role, String content) {
        return row.get("messages").elements().stream()
                .map(turn -> "{\"" + role + "\":" + turn.elements().getFirst().compact() + ",\"" + content + "\":"
                        + JsonString.quote(turn.elements().getLast().text()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String gemini(Json row, String tools) {
        String contents = row.get("messages").elements().stream()
                .map(turn -> "{\"role\":" + turn.elements().getFirst().compact() + ",\"parts\":[{\"text\":"
                        + JsonString.quote(turn.elements().getLast().text()) + "}]}")
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"contents\":" + contents + tools + "}";
    }

    private static RecordedUsage of(Json row, Dialect dialect, String path, String body) {
        String model = row.get("model").text();
        return new RecordedUsage(
                maker(model.toLowerCase(Locale.ROOT), row.get("provider").text()),
                row.get("kind").text(),
                model,
                new Endpoint(dialect, Operation.GENERATE, null, path, model, false),
                RequestBody.of(body.getBytes(StandardCharsets.UTF_8)),
                Long.parseLong(row.get("input_tokens").compact()));
    }

    private static String maker(String model, String provider) {
        if (model.contains("claude")) {
            return "claude";
        }
        if (model.contains("gemini")) {
            return "gemini";
        }
        boolean openAi = provider.equals("openai") || provider.equals("azure");
        return openAi && (model.contains("gpt") || model.startsWith("o")) ? "openai" : "other";
    }
}
