package io.tollgate.core.tokens.prompt;

import java.util.ArrayList;
import java.util.List;

/** Anthropic's messages. Source: Anthropic's API reference. */
final class AnthropicPrompt {
    private AnthropicPrompt() {}

    static void read(Json root, Prompt.Builder prompt) {
        String system = ChatPrompt.words(root.get("system"));
        if (!system.isEmpty()) {
            prompt.messages.add(new Message("system", List.of(new Part.Words(system))));
        }
        for (Json message : root.get("messages").elements()) {
            List<Part> parts = new ArrayList<>();
            for (Json block : message.get("content").elements()) {
                read(block, parts);
            }
            prompt.messages.add(new Message(message.get("role").text(), parts));
        }
        for (Json tool : root.get("tools").elements()) {
            tool(tool, prompt);
        }
        Json choice = root.get("tool_choice");
        prompt.forced = choice.get("type").text().equals("any")
                ? "*"
                : choice.get("name").text();
        Json format = root.has("output_format")
                ? root.get("output_format")
                : root.get("output_config").get("format");
        prompt.schema = format.get("schema");
        String thinking = root.get("thinking").get("type").text();
        prompt.thinking = thinking.equals("enabled") || thinking.equals("adaptive");
    }

    /** A tool whose loading is put off is not in the prompt until it is found. */
    private static void tool(Json tool, Prompt.Builder prompt) {
        if (!tool.has("input_schema")) {
            prompt.providerTools.add(tool.get("type").text());
        } else if (!tool.get("defer_loading").isTrue()) {
            prompt.tools.add(
                    new Tool(tool.get("name").text(), tool.get("description").text(), tool.get("input_schema")));
        }
    }

    private static void read(Json block, List<Part> parts) {
        switch (block.get("type").text()) {
            case "tool_use", "server_tool_use" ->
                parts.add(new Part.Call(
                        block.get("name").text(), block.get("input").compact()));
            case "tool_result" -> {
                List<Part> inside = new ArrayList<>();
                block.get("content").elements().forEach(part -> read(part, inside));
                StringBuilder words = new StringBuilder();
                for (Part part : inside) {
                    if (part instanceof Part.Words text) {
                        words.append(text.text());
                    } else {
                        parts.add(part);
                    }
                }
                parts.add(new Part.Result("", words.toString()));
            }
            case "image" -> parts.add(new Part.Media(medium(Medium.Kind.IMAGE, block.get("source"))));
            case "document" -> document(block.get("source"), parts);
            case "thinking" ->
                parts.add(new Part.SealedThought(block.get("thinking").text().length()));
            case "redacted_thinking" ->
                parts.add(new Part.SealedThought(block.get("data").text().length()));
            default -> {
                String text = block instanceof Json.Text words
                        ? words.value()
                        : block.get("text").text();
                if (!text.isEmpty()) {
                    parts.add(new Part.Words(text));
                }
            }
        }
    }

    private static void document(Json source, List<Part> parts) {
        if (source.get("type").text().equals("text")) {
            parts.add(new Part.Words(source.get("data").text()));
        } else {
            parts.add(new Part.Media(medium(Medium.Kind.DOCUMENT, source)));
        }
    }

    private static Medium medium(Medium.Kind kind, Json source) {
        return new Medium(kind, source.get("data").text(), false);
    }
}
