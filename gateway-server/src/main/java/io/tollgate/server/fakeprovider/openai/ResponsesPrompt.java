package io.tollgate.server.fakeprovider.openai;

import io.tollgate.server.fakeprovider.answer.Conversation;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.Tool;
import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a body of the Responses API. */
final class ResponsesPrompt {
    private ResponsesPrompt() {}

    static Prompt read(String model, JsonObject body) {
        Conversation conversation = new Conversation();
        List<Tool> tools = new ArrayList<>();
        for (JsonObject tool : body.objects("tools")) {
            if (tool.string("type", "").equals("function")) {
                tools.add(new Tool(tool.string("name", "tool"), tool.object("parameters")));
            }
            conversation.add(JsonText.text(tool));
        }
        conversation.add(body.get("instructions"));
        if (body.get("input") instanceof List<?> items) {
            for (JsonObject item : JsonObject.objectsOf(items)) {
                boolean output = item.string("type", "message").equals("function_call_output");
                conversation.turn(
                        output ? "tool" : item.string("role", "assistant"),
                        item.has("content") ? item.get("content") : item);
            }
        } else {
            conversation.turn("user", body.get("input"));
        }
        return new Prompt(
                model,
                conversation.text(),
                conversation.question(),
                conversation.afterTool(),
                conversation.messages(),
                conversation.images(),
                body.number("max_output_tokens", -1),
                1,
                tools,
                ChatPrompt.choice(body),
                body.object("tool_choice").string("name"),
                schema(body.object("text").object("format")),
                OpenAiModels.reasoning(
                        model, conversation.text(), body.object("reasoning").string("effort", "medium")));
    }

    private static @Nullable JsonObject schema(JsonObject format) {
        return switch (format.string("type", "text")) {
            case "json_schema" -> format.object("schema");
            case "json_object" -> JsonObject.EMPTY;
            default -> null;
        };
    }
}
