package io.tollgate.server.fakeprovider.gemini;

import io.tollgate.server.fakeprovider.answer.Conversation;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.Tool;
import io.tollgate.server.fakeprovider.answer.ToolChoice;
import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonText;
import io.tollgate.server.fakeprovider.text.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a body of generateContent. */
final class GeminiPrompt {
    private static final int LEAST_THOUGHTS = 30;
    private static final int MOST_THOUGHTS = 250;

    private GeminiPrompt() {}

    static Prompt read(String model, JsonObject body) {
        Conversation conversation = new Conversation();
        List<Tool> tools = new ArrayList<>();
        for (JsonObject tool : body.objects("tools")) {
            for (JsonObject function : tool.objects("functionDeclarations")) {
                JsonObject schema = function.has("parametersJsonSchema")
                        ? function.object("parametersJsonSchema")
                        : function.object("parameters");
                tools.add(new Tool(function.string("name", "tool"), schema));
                conversation.add(JsonText.text(function));
            }
        }
        conversation.add(body.object("systemInstruction").get("parts"));
        for (JsonObject content : body.objects("contents")) {
            conversation.turn(content.string("role", "user"), content.get("parts"));
        }
        JsonObject config = body.object("generationConfig");
        JsonObject calling = body.object("toolConfig").object("functionCallingConfig");
        return new Prompt(
                model,
                conversation.text(),
                conversation.question(),
                conversation.afterTool(),
                conversation.messages(),
                conversation.images(),
                config.number("maxOutputTokens", -1),
                Math.clamp(config.number("candidateCount", 1), 1, 8),
                tools,
                choice(calling),
                null,
                schema(config),
                thoughts(model, config.object("thinkingConfig"), conversation.text()));
    }

    private static ToolChoice choice(JsonObject calling) {
        return switch (calling.string("mode", "AUTO").toUpperCase(Locale.ROOT)) {
            case "ANY" -> ToolChoice.REQUIRED;
            case "NONE" -> ToolChoice.NONE;
            default -> ToolChoice.AUTO;
        };
    }

    private static @Nullable JsonObject schema(JsonObject config) {
        if (!config.string("responseMimeType", "").equals("application/json")) {
            return null;
        }
        return config.has("responseJsonSchema") ? config.object("responseJsonSchema") : config.object("responseSchema");
    }

    /** 2.5 and later think unless the budget is 0. */
    private static int thoughts(String model, JsonObject thinking, String text) {
        boolean thinks = model.matches("gemini-(2\\.5|[3-9]).*") && !model.contains("lite");
        long budget = thinking.number("thinkingBudget", -1);
        if (!thinks || budget == 0) {
            return 0;
        }
        int thoughts = LEAST_THOUGHTS + Seed.below(Seed.of(text), MOST_THOUGHTS - LEAST_THOUGHTS);
        return budget < 0 ? thoughts : (int) Math.min(budget, thoughts);
    }
}
