package io.tollgate.core.tokens.prompt;

import java.util.ArrayList;
import java.util.List;

/** OpenAI's responses. What a request refers to by id (an earlier response, a stored prompt) cannot be seen. Source: OpenAI's API reference. */
final class ResponsesPrompt {
    private ResponsesPrompt() {}

    static void read(Json root, Prompt.Builder prompt) {
        if (root.get("instructions") instanceof Json.Text instructions) {
            prompt.messages.add(new Message("system", List.of(new Part.Words(instructions.value()))));
        }
        if (root.get("input") instanceof Json.Text input) {
            prompt.messages.add(new Message("user", List.of(new Part.Words(input.value()))));
        }
        if (root.get("input") instanceof Json.Elements items) {
            for (Json item : items.list()) {
                read(item, prompt.messages);
            }
        }
        for (Json tool : root.get("tools").elements()) {
            if (tool.get("type").text().equals("function")) {
                prompt.tools.add(ChatPrompt.function(tool));
            } else {
                prompt.providerTools.add(tool.get("type").text());
            }
        }
        prompt.forced = ChatPrompt.forced(root.get("tool_choice"));
        Json format = root.get("text").get("format");
        prompt.schema = format.get("schema");
        prompt.schemaName = format.get("name").text();
    }

    private static void read(Json item, List<Message> messages) {
        List<Part> parts = new ArrayList<>();
        String role = item.get("role").text();
        switch (item.get("type").text()) {
            case "function_call", "custom_tool_call" -> {
                role = "assistant";
                parts.add(ChatPrompt.call(item));
            }
            case "function_call_output", "custom_tool_call_output" -> {
                role = "tool";
                Json output = item.get("output");
                parts.add(new Part.Result("", output instanceof Json.Text ? output.text() : ChatPrompt.words(output)));
            }
            case "reasoning" -> {
                role = "assistant";
                parts.add(new Part.SealedThought(
                        item.get("encrypted_content").text().length()));
            }
            default -> {
                ChatPrompt.content(item.get("content"), parts);
                if (parts.isEmpty() && role.isEmpty()) {
                    role = "tool";
                    parts.add(new Part.Words(item.compact())); // an item of a provider's tool, or one not known here
                }
            }
        }
        messages.add(new Message(role, parts));
    }
}
