package io.tollgate.server.fakeprovider.gemini;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Answerer;
import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.House;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.Question;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.json.JsonObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** POST /v1beta/models/{model}:generateContent, :streamGenerateContent and :countTokens; also Vertex's longer paths. */
public final class GeminiAnswerer implements Answerer {
    private static final Pattern PATH = Pattern.compile(".*/models/([^/:]+):([A-Za-z]+)");

    /** Whether this is such a path. */
    public static boolean speaks(String path) {
        return PATH.matcher(path).matches();
    }

    @Override
    public Answer answer(Question question) {
        Matcher path = PATH.matcher(question.request().path());
        if (!path.matches()) {
            return GeminiErrors.of(404, null);
        }
        String model = path.group(1);
        String operation = path.group(2);
        JsonObject body = question.body();
        if (model.startsWith("no-such-")) {
            return GeminiErrors.noSuchModel(model, operation);
        }
        if (operation.equals("countTokens")) {
            JsonObject inner = body.has("generateContentRequest") ? body.object("generateContentRequest") : body;
            int total = GeminiUsage.total(question.house(), GeminiPrompt.read(model, inner));
            return Answer.json(
                    200,
                    object(
                            "totalTokens",
                            total,
                            "promptTokensDetails",
                            List.of(object("modality", "TEXT", "tokenCount", total))));
        }
        if (body.objects("contents").isEmpty()) {
            return GeminiErrors.of(400, "* GenerateContentRequest.contents: contents is not specified");
        }
        return switch (operation) {
            case "generateContent" ->
                Answer.json(200, rendering(question, model).whole()).withContentType("application/json; charset=UTF-8");
            case "streamGenerateContent" ->
                rendering(question, model).stream(
                        "sse".equals(question.request().query("alt")));
            default -> GeminiErrors.noSuchModel(model, operation);
        };
    }

    private static GeminiRendering rendering(Question question, String model) {
        House house = question.house();
        Prompt prompt = GeminiPrompt.read(model, question.body());
        List<Draft> drafts = house.author().write(prompt, question.wish());
        UsageMode mode = question.wish().usage();
        int thoughts = drafts.stream().mapToInt(Draft::reasoningTokens).sum();
        GeminiUsage usage = mode == UsageMode.ZERO ? GeminiUsage.ZERO : GeminiUsage.count(house, prompt, thoughts);
        return new GeminiRendering(house.id(""), model, drafts, usage, mode);
    }
}
