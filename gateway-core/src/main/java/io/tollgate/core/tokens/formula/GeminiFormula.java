package io.tollgate.core.tokens.formula;

import io.tollgate.core.tokens.ModelFamily;
import io.tollgate.core.tokens.Tokenizer;
import io.tollgate.core.tokens.prompt.Json;
import io.tollgate.core.tokens.prompt.Message;
import io.tollgate.core.tokens.prompt.Part;
import io.tollgate.core.tokens.prompt.Prompt;
import io.tollgate.core.tokens.prompt.Tool;
import java.util.Map;

/**
 * Google's models. Their text comes to as many tokens as o200k makes of it, without anything per message; tools are
 * billed by their names and descriptions and by each parameter, much more at the Gemini API since Gemini 2.5 than at
 * Vertex AI or before. Numbers are fitted to recorded answers.
 */
final class GeminiFormula {
    private static final Tokenizer TOKENIZER = Tokenizer.O200K;
    private static final int DEEPEST = 16;

    /** What tools and calls cost at one of Google's doors. */
    private record Rates(
            double tools,
            double tool,
            double name,
            double property,
            double description,
            double choices,
            double call,
            double callText,
            double resultText,
            double schema) {}

    private static final Rates API = new Rates(16.6, 0, 1.53, 13.2, 1.06, 0, 30.4, 2.9, 0.3, 1.5);
    private static final Rates EARLIER = new Rates(0, 1.6, 1.2, 1.5, 1.05, 4.3, 0, 0.7, 0.95, 0);

    private final Rates rates;
    private final boolean third;

    GeminiFormula(ModelFamily family, boolean vertex, String model) {
        this.rates = family == ModelFamily.GEMINI_2 || vertex ? EARLIER : API;
        this.third = model.contains("gemini-3");
    }

    long of(Prompt prompt) {
        double tokens = 0;
        for (Message message : prompt.messages()) {
            for (Part part : message.parts()) {
                tokens += part(part);
            }
        }
        for (String text : prompt.texts()) {
            tokens += TOKENIZER.count(text);
        }
        if (!prompt.tools().isEmpty()) {
            tokens += rates.tools();
        }
        for (Tool tool : prompt.tools()) {
            tokens +=
                    rates.tool() + rates.name() * (TOKENIZER.count(tool.name()) + TOKENIZER.count(tool.description()));
            tokens += properties(tool.parameters(), 0);
        }
        if (!prompt.schema().isNothing()) {
            tokens += rates.schema() * TOKENIZER.count(prompt.schema().compact());
        }
        return Math.round(tokens);
    }

    private double part(Part part) {
        return switch (part) {
            case Part.Words words -> TOKENIZER.count(words.text());
            case Part.Call call ->
                rates.call() + rates.callText() * (TOKENIZER.count(call.name()) + TOKENIZER.count(call.arguments()));
            case Part.Result result ->
                rates.resultText() * (TOKENIZER.count(result.name()) + TOKENIZER.count(result.text()));
            case Part.Media media -> MediaTokens.gemini(media.medium(), third);
            case Part.SealedThought thought -> 0;
        };
    }

    private double properties(Json schema, int depth) {
        double tokens = 0;
        if (depth > DEEPEST) {
            return tokens;
        }
        for (Map.Entry<String, Json> property :
                schema.get("properties").members().entrySet()) {
            Json value = property.getValue();
            tokens += rates.property()
                    + rates.description()
                            * TOKENIZER.count(value.get("description").text());
            for (Json choice : value.get("enum").elements()) {
                tokens += rates.choices() * TOKENIZER.count(choice.textOrJson());
            }
            tokens += properties(value, depth + 1) + properties(value.get("items"), depth + 1);
        }
        return tokens;
    }
}
