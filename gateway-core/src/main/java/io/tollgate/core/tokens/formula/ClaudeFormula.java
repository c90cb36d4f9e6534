package io.tollgate.core.tokens.formula;

import io.tollgate.core.tokens.ModelFamily;
import io.tollgate.core.tokens.Tokenizer;
import io.tollgate.core.tokens.prompt.Json;
import io.tollgate.core.tokens.prompt.Message;
import io.tollgate.core.tokens.prompt.Part;
import io.tollgate.core.tokens.prompt.Prompt;
import io.tollgate.core.tokens.prompt.Tool;

/**
 * Anthropic's models. Their tokenizer is not public: short English comes to as many tokens as cl100k makes of it, long
 * text to more, and the newest models' tokenizer to a third more. With tools there is a system prompt of a fixed length
 * per generation, and a tool costs a little more than its JSON. Numbers are fitted to recorded answers.
 */
final class ClaudeFormula {
    private static final int FIRST_MESSAGE = 7;
    private static final int MESSAGE = 3;
    private static final double LONG_TEXT = 0.08;
    private static final int SHORT = 60;
    private static final double NEWEST = 1.35;
    private static final int THINKING = 29;
    private static final int TOOL = 2;
    private static final double TOOL_JSON = 1.25;
    private static final int CALL = 34;
    private static final double CALL_TEXT = 2.9;
    private static final double RESULT_TEXT = 1.2;
    private static final int FORCED = 80;
    private static final int SCHEMA = 120;

    private final ModelFamily family;

    ClaudeFormula(ModelFamily family) {
        this.family = family;
    }

    long of(Prompt prompt) {
        double tokens = 0;
        double text = 0;
        String before = "";
        for (Message message : prompt.messages()) {
            text += words(message);
            tokens += others(message);
            if (!message.isSystem()) {
                tokens += before.isEmpty() ? FIRST_MESSAGE : message.role().equals(before) ? 0 : MESSAGE;
                before = message.role();
            }
        }
        for (String plain : prompt.texts()) {
            text += Tokenizer.CL100K.count(plain);
        }
        if (!prompt.tools().isEmpty()) {
            tokens += tools(prompt);
        }
        if (!prompt.schema().isNothing()) {
            tokens +=
                    SCHEMA + TOOL_JSON * Tokenizer.CL100K.count(prompt.schema().compact());
        }
        if (prompt.thinking() && family != ModelFamily.CLAUDE_5) {
            tokens += THINKING;
        }
        double weighed = family == ModelFamily.CLAUDE_5 ? NEWEST * text : text + LONG_TEXT * Math.max(0, text - SHORT);
        return Math.round(tokens + weighed);
    }

    private static long words(Message message) {
        long text = 0;
        for (Part part : message.parts()) {
            text += part instanceof Part.Words words ? Tokenizer.CL100K.count(words.text()) : 0;
        }
        return text;
    }

    private static double others(Message message) {
        double tokens = 0;
        for (Part part : message.parts()) {
            tokens += switch (part) {
                case Part.Words words -> 0;
                case Part.Call call ->
                    CALL + CALL_TEXT * (Tokenizer.CL100K.count(call.name()) + Tokenizer.CL100K.count(call.arguments()));
                case Part.Result result -> RESULT_TEXT * Tokenizer.CL100K.count(result.text());
                case Part.Media media -> MediaTokens.claude(media.medium());
                case Part.SealedThought thought -> 0; // dropped, except within the turn it was thought in
            };
        }
        return tokens;
    }

    private double tools(Prompt prompt) {
        double tokens = systemPrompt() + (prompt.forced().isEmpty() ? 0 : FORCED);
        for (Tool tool : prompt.tools()) {
            String json = "{\"name\":" + new Json.Text(tool.name()).compact() + ",\"description\":"
                    + new Json.Text(tool.description()).compact() + ",\"input_schema\":"
                    + tool.parameters().compact() + "}";
            tokens += TOOL + TOOL_JSON * Tokenizer.CL100K.count(json);
        }
        return tokens;
    }

    private int systemPrompt() {
        return switch (family) {
            case CLAUDE_3 -> 275;
            case CLAUDE_5 -> 426;
            default -> 505;
        };
    }
}
