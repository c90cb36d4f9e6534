package io.tollgate.server.fakeprovider.anthropic;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Answerer;
import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.House;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.Question;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** POST /v1/messages and /v1/messages/count_tokens. */
public final class MessagesAnswerer implements Answerer {
    private static final String VERSION_WITHOUT_SAMPLING = "2026-10-21";

    @Override
    public Answer answer(Question question) {
        JsonObject body = question.body();
        House house = question.house();
        String model = body.string("model");
        boolean counts = question.request().path().endsWith("/count_tokens");
        Answer refused = refuse(question, model, counts);
        if (refused != null || model == null) {
            return refused == null ? AnthropicErrors.of(house, 400, null) : refused;
        }
        Prompt prompt = MessagesPrompt.read(model, body);
        if (counts) {
            return Answer.json(200, object("input_tokens", MessagesUsage.total(house, prompt)));
        }
        Draft draft = house.author().write(prompt, question.wish()).getFirst();
        UsageMode mode = question.wish().usage();
        MessagesUsage usage = mode == UsageMode.ZERO ? MessagesUsage.ZERO : MessagesUsage.count(house, prompt, body);
        MessagesRendering rendering =
                new MessagesRendering(house.id("msg_01"), AnthropicModels.dated(model), draft, usage, mode);
        return body.flag("stream") ? rendering.stream() : Answer.json(200, rendering.whole());
    }

    private static @Nullable Answer refuse(Question question, @Nullable String model, boolean counts) {
        JsonObject body = question.body();
        House house = question.house();
        if (model == null) {
            return AnthropicErrors.invalid(house, "model: Field required");
        }
        if (model.startsWith("no-such-")) {
            return AnthropicErrors.noSuchModel(house, model);
        }
        if (!body.has("max_tokens") && !counts) {
            return AnthropicErrors.invalid(house, "max_tokens: Field required");
        }
        if (body.objects("messages").isEmpty()) {
            return AnthropicErrors.invalid(house, "messages: at least one message is required");
        }
        if (VERSION_WITHOUT_SAMPLING.equals(question.request().header("anthropic-version"))) {
            for (String parameter : new String[] {"temperature", "top_p", "top_k"}) {
                if (body.has(parameter)) {
                    return AnthropicErrors.invalid(
                            house, parameter + ": not supported in version " + VERSION_WITHOUT_SAMPLING);
                }
            }
        }
        return null;
    }
}
