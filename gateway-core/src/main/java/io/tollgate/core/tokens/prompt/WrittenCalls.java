package io.tollgate.core.tokens.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * Undoes what recordings often do to tool calls: they stand as JSON in a message's text, a line each or as one array, in
 * the words of the dialect they were recorded in.
 */
final class WrittenCalls {
    private WrittenCalls() {}

    /** The message with its calls and results as such. */
    static Message unfold(Message message) {
        if (message.isSystem()) {
            return message;
        }
        List<Part> parts = new ArrayList<>();
        String role = message.role();
        for (Part part : message.parts()) {
            String text = part instanceof Part.Words words
                    ? words.text()
                    : part instanceof Part.Result result && result.name().isEmpty() ? result.text() : "";
            List<Part> found = text.indexOf('{') < 0 ? List.of() : unfold(text);
            if (found.isEmpty()) {
                parts.add(part);
            } else {
                parts.addAll(found);
                role = role.equals("tool") && found.getFirst() instanceof Part.Call ? "assistant" : role;
            }
        }
        return new Message(role, message.name(), parts);
    }

    /** Parts of a text that holds calls or results; nothing where it holds none. */
    private static List<Part> unfold(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            List<Part> found = line(line);
            if (found.isEmpty()) {
                words.append(words.isEmpty() ? "" : "\n").append(line);
            } else {
                parts.addAll(found);
            }
        }
        if (!parts.isEmpty() && !words.toString().isBlank()) {
            parts.addFirst(new Part.Words(words.toString()));
        }
        return parts;
    }

    private static List<Part> line(String line) {
        String plain = line.strip();
        Json json = plain.startsWith("{\"") || plain.startsWith("[{\"") ? Json.parse(plain) : null;
        List<Part> parts = new ArrayList<>();
        if (json != null) {
            for (Json element : json.elements()) {
                Part part = part(element);
                if (part == null) {
                    return List.of();
                }
                parts.add(part);
            }
        }
        return parts;
    }

    private static @org.jspecify.annotations.Nullable Part part(Json json) {
        String type = json.get("type").text();
        if (json.get("function").has("arguments")) {
            return ChatPrompt.call(json.get("function"));
        }
        if (type.equals("function_call")) {
            return ChatPrompt.call(json);
        }
        if (type.equals("tool_use")) {
            return new Part.Call(json.get("name").text(), json.get("input").compact());
        }
        if (json.has("functionCall")) {
            Json call = json.get("functionCall");
            return new Part.Call(call.get("name").text(), call.get("args").textOrJson());
        }
        if (type.equals("function_call_output")) {
            return new Part.Result("", json.get("output").textOrJson());
        }
        if (type.equals("tool_result")) {
            return new Part.Result("", ChatPrompt.words(json.get("content")));
        }
        if (json.has("functionResponse")) {
            Json answer = json.get("functionResponse");
            return new Part.Result(
                    answer.get("name").text(), answer.get("response").textOrJson());
        }
        if (type.equals("reasoning") && json.has("encrypted_content")) {
            return new Part.SealedThought(json.get("encrypted_content").text().length());
        }
        return null;
    }
}
