package io.tollgate.server.fakeprovider.answer;

import io.tollgate.server.fakeprovider.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers a request's text turn by turn while a dialect walks through its messages. One thread. */
public final class Conversation {
    private final StringBuilder text = new StringBuilder();
    private String question = "";
    private boolean afterTool;
    private int messages;
    private int images;

    /** A turn; {@code content} is a string, a list of parts, or a part. */
    public void turn(String role, @Nullable Object content) {
        messages++;
        int from = text.length();
        afterTool = role.equals("tool") || role.equals("function");
        add(content);
        if (role.equals("user") && !afterTool) {
            question = text.substring(from);
        }
    }

    /** Text that is no turn: a system prompt, a tool's description. */
    public void add(@Nullable Object content) {
        switch (content) {
            case null -> {}
            case String string -> text.append(string).append('\n');
            case List<?> parts -> parts.forEach(this::add);
            case JsonObject part -> part(part);
            default -> text.append(content).append('\n');
        }
    }

    private void part(JsonObject part) {
        String type = part.string("type", "");
        if (isMedia(type) || part.has("inlineData") || part.has("inline_data") || part.has("fileData")) {
            images++;
            return;
        }
        if (type.equals("tool_result") || type.equals("function_call_output") || part.has("functionResponse")) {
            afterTool = true;
        }
        for (Map.Entry<String, @Nullable Object> member : part.members().entrySet()) {
            switch (member.getKey()) {
                case "type",
                        "role",
                        "id",
                        "tool_call_id",
                        "tool_use_id",
                        "call_id",
                        "cache_control",
                        "signature",
                        "thoughtSignature",
                        "encrypted_content",
                        "status" -> {}
                default -> add(member.getValue());
            }
        }
    }

    private static boolean isMedia(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.contains("image") || lower.contains("audio") || lower.endsWith("file") || lower.equals("document");
    }

    /** All text so far. */
    public String text() {
        return text.toString();
    }

    /** The newest text of the user. */
    public String question() {
        return question;
    }

    /** Whether the newest turn is a tool's result. */
    public boolean afterTool() {
        return afterTool;
    }

    /** Turns so far. */
    public int messages() {
        return messages;
    }

    /** Media so far. */
    public int images() {
        return images;
    }
}
