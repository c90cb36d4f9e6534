package io.tollgate.core.tokens.prompt;

import java.util.ArrayList;
import java.util.List;

/** OpenAI's chat completions, and the plain completions and embeddings beside them. Source: OpenAI's API reference. */
final class ChatPrompt {
    private ChatPrompt() {}

    static void read(Json root, Prompt.Builder prompt) {
        for (Json message : root.get("messages").elements()) {
            prompt.messages.add(message(message));
        }
        for (Json text : root.get("prompt").elements()) {
            prompt.texts.add(text.text());
        }
        for (Json text : root.get("input").elements()) {
            prompt.texts.add(text.text());
        }
        for (Json tool : root.get("tools").elements()) {
            if (tool.has("function")) {
                prompt.tools.add(function(tool.get("function")));
            } else if (tool.has("parameters")) {
                prompt.tools.add(function(tool));
            } else {
                prompt.providerTools.add(tool.get("type").text());
            }
        }
        for (Json function : root.get("functions").elements()) {
            prompt.tools.add(function(function));
        }
        prompt.forced = forced(root.either("tool_choice", "function_call"));
        Json schema = root.get("response_format").get("json_schema");
        prompt.schema = schema.get("schema");
        prompt.schemaName = schema.get("name").text();
        prompt.thinking = root.get("thinking").get("type").text().equals("enabled")
                || root.get("reasoning").has("max_tokens")
                || root.get("reasoning").get("enabled").isTrue();
    }

    static Tool function(Json function) {
        return new Tool(function.get("name").text(), function.get("description").text(), function.get("parameters"));
    }

    /** The function a {@code tool_choice} names, {@code *} for any, or empty. */
    static String forced(Json choice) {
        if (choice.text().equals("required") || choice.text().equals("any")) {
            return "*";
        }
        String named = choice.get("function").get("name").text();
        return named.isEmpty() ? choice.get("name").text() : named;
    }

    private static Message message(Json message) {
        String role = message.get("role").text();
        List<Part> parts = new ArrayList<>();
        if (role.equals("tool") || role.equals("function")) {
            parts.add(new Part.Result(message.get("name").text(), words(message.get("content"))));
            return new Message(role, parts);
        }
        content(message.get("content"), parts);
        if (message.get("refusal") instanceof Json.Text refusal) {
            parts.add(new Part.Words(refusal.value()));
        }
        for (Json call : message.get("tool_calls").elements()) {
            parts.add(call(call.has("function") ? call.get("function") : call.get("custom")));
        }
        if (message.has("function_call")) {
            parts.add(call(message.get("function_call")));
        }
        return new Message(role, message.get("name").text(), parts);
    }

    static Part.Call call(Json call) {
        return new Part.Call(
                call.get("name").text(), call.either("arguments", "input").textOrJson());
    }

    /** The text of a string or of an array of text parts. */
    static String words(Json content) {
        if (content instanceof Json.Text text) {
            return text.value();
        }
        StringBuilder words = new StringBuilder();
        for (Json part : content.elements()) {
            words.append(
                    part instanceof Json.Text text
                            ? text.value()
                            : part.get("text").text());
        }
        return words.toString();
    }

    /** The parts of a message in either of OpenAI's dialects. */
    static void content(Json content, List<Part> parts) {
        for (Json part : content.elements()) {
            String type = part.get("type").text();
            switch (type) {
                case "image_url", "input_image" -> parts.add(new Part.Media(image(part.get("image_url"), part)));
                case "input_audio" ->
                    parts.add(new Part.Media(new Medium(
                            Medium.Kind.AUDIO,
                            part.get("input_audio").get("data").text(),
                            false)));
                case "file", "input_file" ->
                    parts.add(new Part.Media(document(part.has("file") ? part.get("file") : part)));
                case "refusal" -> parts.add(new Part.Words(part.get("refusal").text()));
                default -> {
                    String text = part instanceof Json.Text words
                            ? words.value()
                            : part.get("text").text();
                    if (!text.isEmpty()) {
                        parts.add(new Part.Words(text));
                    }
                }
            }
        }
    }

    private static Medium image(Json image, Json part) {
        String url = image instanceof Json.Text text
                ? text.value()
                : image.get("url").text();
        boolean low = image.get("detail").text().equals("low")
                || part.get("detail").text().equals("low");
        return Medium.at(Medium.Kind.IMAGE, url, low);
    }

    private static Medium document(Json file) {
        return Medium.at(Medium.Kind.DOCUMENT, file.get("file_data").text(), false);
    }
}
