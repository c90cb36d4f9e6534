package io.tollgate.server.fakeprovider.openai;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Answerer;
import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.Question;
import io.tollgate.server.fakeprovider.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** POST /v1/responses. */
public final class ResponsesAnswerer implements Answerer {
    private static final int LEAST_CAP = 16;

    @Override
    public Answer answer(Question question) {
        JsonObject body = question.body();
        String model = body.string("model");
        if (model == null) {
            return OpenAiErrors.invalid("Missing required parameter: 'model'.", "model", "missing_required_parameter");
        }
        if (model.startsWith("no-such-")) {
            return OpenAiErrors.error(
                    400,
                    "The requested model '" + model + "' does not exist.",
                    "invalid_request_error",
                    "model",
                    "model_not_found");
        }
        long cap = body.number("max_output_tokens", LEAST_CAP);
        if (cap < LEAST_CAP) {
            return OpenAiErrors.invalid(
                    "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got " + cap
                            + " instead.",
                    "max_output_tokens",
                    "integer_below_min_value");
        }
        Prompt prompt = ResponsesPrompt.read(model, body);
        Draft draft = question.house().author().write(prompt, question.wish()).getFirst();
        OpenAiUsage usage = OpenAiUsage.count(
                question.house(), prompt, List.of(draft), question.wish().usage());
        ResponsesRendering rendering = new ResponsesRendering(
                question.house().id("").toLowerCase(Locale.ROOT),
                question.house().now(),
                OpenAiModels.dated(model),
                body,
                draft,
                usage,
                question.wish().usage());
        return body.flag("stream") ? rendering.stream() : Answer.json(200, rendering.whole());
    }
}
