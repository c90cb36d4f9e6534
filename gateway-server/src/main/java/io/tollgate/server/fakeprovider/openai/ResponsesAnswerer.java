package io.tollgate.server.fakeprovider.openai;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Answerer;
import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.Question;
import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonText;
import java.util.List;
import java.util.Locale;

/** POST /v1/responses; in the background, the answer is fetched later by its id. */
public final class ResponsesAnswerer implements Answerer {
    private static final int LEAST_CAP = 16;

    private final StoredResponses stored;

    /** Keeps its answers there, unless a request says {@code store: false}. */
    public ResponsesAnswerer(StoredResponses stored) {
        this.stored = stored;
    }

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
        byte[] whole = JsonText.bytes(rendering.whole());
        if (!Boolean.FALSE.equals(body.get("store"))) {
            stored.store(rendering.responseId(), whole);
        }
        if (body.flag("background")) {
            return Answer.json(200, rendering.queued());
        }
        return body.flag("stream") ? rendering.stream() : Answer.plain(200, "application/json", whole);
    }
}
