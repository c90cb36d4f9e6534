package io.tollgate.server.fakeprovider.anthropic;

import io.tollgate.server.fakeprovider.answer.Conversation;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.Tool;
import io.tollgate.server.fakeprovider.answer.ToolChoice;
import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonText;
import io.tollgate.server.fakeprovider.text.Seed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a body of Anthropic messages. */
final class MessagesPrompt {
    private static final int LEAST_THINKING = 24;
    private static final int MOST_THINKING = 200;

    private MessagesPrompt() {}

    static Prompt read(String model, JsonObject body) {
        Conversation conversation = new Conversation();
        List<Tool> tools = new ArrayList<>();
        for (JsonObject tool : body.objects("tools")) {
            if (tool.has("input_schema")) {
                tools.add(new Tool(tool.string("name", "tool"), tool.object("input_schema")));
            }
            conversation.add(JsonText.text(tool));
        }
        conversation.add(body.get("system"));
        for (JsonObject message : body.objects("messages")) {
            conversation.turn(message.string("role", "user"), message.get("content"));
        }
        JsonObject choice = body.object("tool_choice");
        return new Prompt(
                model,
                conversation.text(),
                conversation.question(),
                conversation.afterTool(),
                conversation.messages(),
                conversation.images(),
                body.number("max_tokens", -1),
                1,
                tools,
                choice(choice),
                choice.string("name"),
                schema(body),
                thinking(body.object("thinking"), conversation.text()));
    }

    private static @Nullable JsonObject schema(JsonObject body) {
        JsonObject format = body.has("output_format")
                ? body.object("output_format")
                : body.object("output_config").object("format");
        return format.string("type", "").equals("json_schema") ? format.object("schema") : null;
    }

    private static ToolChoice choice(JsonObject choice) {
        return switch (choice.string("type", "auto")) {
            case "any", "tool" -> ToolChoice.REQUIRED;
            case "none" -> ToolChoice.NONE;
            default -> ToolChoice.AUTO;
        };
    }

    private static int thinking(JsonObject thinking, String text) {
        return switch (thinking.string("type", "disabled")) {
            case "enabled", "adaptive" ->
                (int) Math.min(
                        thinking.number("budget_tokens", MOST_THINKING),
                        LEAST_THINKING + Seed.below(Seed.of(text), MOST_THINKING - LEAST_THINKING));
            default -> 0;
        };
    }
}
