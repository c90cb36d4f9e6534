package io.tollgate.server.e2e;

import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One recorded call of a real provider. Recordings lie beside the checkout on some machines and are never part of it.
 *
 * @param provider who answered
 * @param api what was called, e.g. {@code openai.chat}
 * @param target path and query
 * @param answerHeaders names in lower case
 */
record Recording(
        String id,
        String provider,
        String api,
        String method,
        String target,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        int status,
        List<Map.Entry<String, String>> answerHeaders,
        byte[] answer) {
    /** The folder {@code shared/recorded} found upwards from here, or null. */
    static @Nullable Path folder() {
        String told = System.getProperty("TOLLGATE_SHARED", System.getenv("TOLLGATE_SHARED"));
        if (told != null) {
            return Path.of(told, "recorded");
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/recorded"))) {
                return at.resolve("shared/recorded");
            }
        }
        return null;
    }

    static List<Recording> all(Path folder) throws IOException {
        List<Recording> all = new ArrayList<>();
        try (var files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jsonl")).sorted().forEach(file -> all.addAll(of(file)));
        }
        return all;
    }

    private static List<Recording> of(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> of(Objects.requireNonNull(JsonTree.read(line.getBytes(StandardCharsets.UTF_8)))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording of(JsonObject call) {
        JsonObject request = call.object("request");
        JsonObject response = call.object("response");
        String encoded = response.string("body_b64");
        return new Recording(
                call.string("id", "?"),
                call.string("provider", "?"),
                call.string("api", "?"),
                request.string("method", "?"),
                target(request),
                pairs(request.list("headers")),
                request.string("body", "").getBytes(StandardCharsets.UTF_8),
                (int) response.number("status", 0),
                pairs(response.list("headers")),
                encoded == null
                        ? response.string("body", "").getBytes(StandardCharsets.UTF_8)
                        : Base64.getDecoder().decode(encoded));
    }

    private static String target(JsonObject request) {
        StringBuilder target = new StringBuilder(
                request.string("path", "/").replace("<", "").replace(">", "")); // the recorder's placeholders
        char before = '?';
        for (Map.Entry<String, String> parameter : pairs(request.list("query"))) {
            target.append(before).append(parameter.getKey()).append('=').append(parameter.getValue());
            before = '&';
        }
        return target.toString();
    }

    private static List<Map.Entry<String, String>> pairs(List<?> list) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (Object each : list) {
            List<?> pair = (List<?>) each;
            // one recorder ran two header lines into one
            String value = String.valueOf(pair.getLast()).lines().findFirst().orElse("");
            pairs.add(Map.entry(String.valueOf(pair.getFirst()).toLowerCase(Locale.ROOT), value));
        }
        return pairs;
    }

    /** The answer's media type; empty where none was recorded. */
    String contentType() {
        return answerHeaders.stream()
                .filter(header -> header.getKey().equals("content-type"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** The answer as text. */
    String answerText() {
        return new String(answer, StandardCharsets.UTF_8);
    }

    /** The dialect Tollgate must take it for. */
    String dialect() {
        return switch (api) {
            case "openai.chat" -> "openai-chat";
            case "openai.responses", "openai.responses.compact", "openai.responses.other" -> "openai-responses";
            case "openai.completions" -> "openai-completions";
            case "embeddings" -> target.endsWith("/v1/embeddings") ? "openai-embeddings" : "tunnel";
            case "anthropic.messages", "anthropic.count_tokens" -> "anthropic";
            case "gemini.generateContent",
                    "gemini.streamGenerateContent",
                    "gemini.countTokens",
                    "vertex.generateContent",
                    "vertex.streamGenerateContent" -> "gemini";
            default -> "tunnel";
        };
    }

    @Override
    public String toString() {
        return provider + " " + api + " " + id;
    }
}
