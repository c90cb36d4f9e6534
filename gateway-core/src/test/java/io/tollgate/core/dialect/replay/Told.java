package io.tollgate.core.dialect.replay;

import io.tollgate.core.dialect.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an answer tells whoever asked, read a second time from trees: texts and tool calls by where they stand, finish
 * reasons, usage, id. Equal for both forms of an answer.
 */
record Told(
        Map<String, String> texts,
        Map<String, String> ends,
        @Nullable Object usage,
        @Nullable Object id) {
    /** A plain answer. */
    static Told plain(String dialect, String json) {
        Object tree = JsonTree.parse(json);
        return switch (dialect) {
            case "openai-chat", "openai-completions" -> chunks(List.of(orEmpty(tree)));
            case "openai-responses" -> ToldResponse.plain(tree);
            case "anthropic" -> ToldMessage.plain(tree);
            case "gemini" -> gemini(List.of(orEmpty(tree)));
            default -> throw new IllegalArgumentException(dialect);
        };
    }

    /** A streamed one. */
    static Told stream(String dialect, String stream) {
        List<Object> events = events(stream);
        return switch (dialect) {
            case "openai-chat", "openai-completions" -> chunks(events);
            case "openai-responses" -> ToldResponse.stream(events);
            case "anthropic" -> ToldMessage.stream(events);
            case "gemini" -> gemini(events);
            default -> throw new IllegalArgumentException(dialect);
        };
    }

    /** The data of all events, or the elements of an array. */
    static List<Object> events(String stream) {
        List<Object> events = new ArrayList<>();
        if (stream.stripLeading().startsWith("[")) {
            list(JsonTree.parse(stream)).forEach(each -> events.add(orEmpty(each)));
            return events;
        }
        for (String line : stream.split("\r\n|\n|\r")) {
            if (line.startsWith("data:") && !line.substring(5).strip().equals("[DONE]")) {
                events.add(orEmpty(JsonTree.parse(line.substring(5))));
            }
        }
        return events;
    }

    static Object orEmpty(@Nullable Object value) {
        return value == null ? Map.of() : value;
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static void grow(Map<String, String> texts, String where, @Nullable Object piece) {
        if (piece instanceof String text && !text.isEmpty()) {
            texts.merge(where, text, String::concat);
        }
    }

    private static Told chunks(List<Object> answers) {
        Map<String, String> texts = new TreeMap<>();
        Map<String, String> ends = new TreeMap<>();
        Object usage = null;
        Object id = null;
        for (Object answer : answers) {
            Object groq = JsonTree.at(answer, "x_groq", "usage");
            Object told = JsonTree.at(answer, "usage");
            usage = told != null ? told : groq != null && usage == null ? groq : usage;
            id = "".equals(JsonTree.at(answer, "id")) ? id : JsonTree.at(answer, "id");
            for (Object choice : list(JsonTree.at(answer, "choices"))) {
                String where = JsonTree.number(choice, "index") + " ";
                grow(texts, where + "text", JsonTree.at(choice, "text"));
                for (String part : List.of("message", "delta")) {
                    Object message = JsonTree.at(choice, part);
                    for (String name : List.of("content", "refusal", "reasoning", "reasoning_content")) {
                        grow(texts, where + name, JsonTree.at(message, name));
                    }
                    calls(texts, where, list(JsonTree.at(message, "tool_calls")));
                }
                if (JsonTree.at(choice, "finish_reason") instanceof String end && !end.isEmpty()) {
                    ends.put(where, end);
                }
            }
        }
        return new Told(texts, ends, usage, id);
    }

    private static void calls(Map<String, String> texts, String where, List<?> calls) {
        for (int i = 0; i < calls.size(); i++) {
            Object call = calls.get(i);
            long index = JsonTree.at(call, "index") == null ? i : JsonTree.number(call, "index");
            grow(texts, where + "call " + index + " id", JsonTree.at(call, "id"));
            grow(texts, where + "call " + index + " name", JsonTree.at(call, "function", "name"));
            grow(texts, where + "call " + index + " arguments", JsonTree.at(call, "function", "arguments"));
        }
    }

    private static Told gemini(List<Object> answers) {
        Map<String, String> texts = new TreeMap<>();
        Map<String, String> ends = new TreeMap<>();
        Object usage = null;
        Object id = null;
        for (Object answer : answers) {
            usage = JsonTree.at(answer, "usageMetadata") == null ? usage : JsonTree.at(answer, "usageMetadata");
            id = JsonTree.at(answer, "responseId");
            for (Object candidate : list(JsonTree.at(answer, "candidates"))) {
                String where = JsonTree.number(candidate, "index") + " ";
                for (Object part : list(JsonTree.at(candidate, "content", "parts"))) {
                    Map<String, Object> rest = new LinkedHashMap<>();
                    ((Map<?, ?>) part).forEach((name, value) -> rest.put(String.valueOf(name), value));
                    Object thought = rest.remove("thought");
                    grow(texts, where + "text " + thought, rest.remove("text"));
                    if (!rest.isEmpty()) {
                        grow(texts, where + "parts", rest.toString());
                    }
                }
                for (String name : List.of("finishReason", "finishMessage", "groundingMetadata")) {
                    Object value = JsonTree.at(candidate, name);
                    if (value != null) {
                        ends.put(where + name, value.toString());
                    }
                }
            }
        }
        return new Told(texts, ends, usage, id);
    }
}
