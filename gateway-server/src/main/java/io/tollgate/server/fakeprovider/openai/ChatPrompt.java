package io.tollgate.server.fakeprovider.openai;

import io.tollgate.server.fakeprovider.answer.Conversation;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.Tool;
import io.tollgate.server.fakeprovider.answer.ToolChoice;
import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a body of chat completions. */
final class ChatPrompt {
    private ChatPrompt() {}

    static Prompt read(String model, JsonObject body) {
        Conversation conversation = new Conversation();
        List<Tool> tools = new ArrayList<>();
        for (JsonObject tool : body.objects("tools")) {
            JsonObject function = tool.object("function");
            tools.add(new Tool(function.string("name", "tool"), function.object("parameters")));
            conversation.add(JsonText.text(function));
        }
        for (JsonObject message : body.objects("messages")) {
            conversation.turn(message.string("role", "user"), message.get("content"));
            conversation.add(message.get("tool_calls"));
        }
        return new Prompt(
                model,
                conversation.text(),
                conversation.question(),
                conversation.afterTool(),
                conversation.messages(),
                conversation.images(),
                body.number("max_completion_tokens", body.number("max_tokens", -1)),
                Math.clamp(body.number("n", 1), 1, 128),
                tools,
                choice(body),
                body.object("tool_choice").object("function").string("name"),
                schema(body.object("response_format")),
                OpenAiModels.reasoning(model, conversation.text(), body.string("reasoning_effort", "medium")));
    }

    static ToolChoice choice(JsonObject body) {
        return switch (body.string("tool_choice", "auto")) {
            case "none" -> ToolChoice.NONE;
            case "required" -> ToolChoice.REQUIRED;
            default -> ToolChoice.AUTO;
        };
    }

    private static @Nullable JsonObject schema(JsonObject format) {
        return switch (format.string("type", "text")) {
            case "json_schema" -> format.object("json_schema").object("schema");
            case "json_object" -> JsonObject.EMPTY;
            default -> null;
        };
    }
}
