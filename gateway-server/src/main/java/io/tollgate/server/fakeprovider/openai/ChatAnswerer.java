package io.tollgate.server.fakeprovider.openai;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Answerer;
import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.Question;
import io.tollgate.server.fakeprovider.json.JsonObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** POST /v1/chat/completions, and Azure's {@code /openai/deployments/{name}/chat/completions}. */
public final class ChatAnswerer implements Answerer {
    private static final Pattern DEPLOYMENT = Pattern.compile(".*/openai/deployments/([^/]+)/.*");

    @Override
    public Answer answer(Question question) {
        JsonObject body = question.body();
        Matcher azure = DEPLOYMENT.matcher(question.request().path());
        boolean onAzure = azure.matches();
        String model = onAzure ? azure.group(1) : body.string("model");
        Answer refused = refuse(model, body, onAzure);
        if (refused != null || model == null) {
            return refused == null ? OpenAiErrors.of(400, null) : refused;
        }
        Prompt prompt = ChatPrompt.read(model, body);
        List<Draft> drafts = question.house().author().write(prompt, question.wish());
        OpenAiUsage usage = OpenAiUsage.count(
                question.house(), prompt, drafts, question.wish().usage());
        ChatRendering rendering = new ChatRendering(
                question.house().id("chatcmpl-"),
                question.house().now(),
                OpenAiModels.dated(model),
                onAzure,
                drafts,
                usage,
                question.wish().usage());
        return body.flag("stream")
                ? rendering.stream(body.object("stream_options"))
                : Answer.json(200, rendering.whole());
    }

    private static @Nullable Answer refuse(@Nullable String model, JsonObject body, boolean onAzure) {
        if (model == null) {
            return OpenAiErrors.invalid("you must provide a model parameter", null, null);
        }
        if (model.startsWith("no-such-")) {
            return onAzure
                    ? OpenAiErrors.error(
                            404,
                            "The API deployment for this resource does not exist.",
                            "invalid_request_error",
                            null,
                            "DeploymentNotFound")
                    : OpenAiErrors.noSuchModel(model);
        }
        if (body.objects("messages").isEmpty()) {
            return OpenAiErrors.invalid(
                    "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array"
                            + " instead.",
                    "messages",
                    "empty_array");
        }
        if (body.has("max_tokens") && OpenAiModels.thinks(model)) {
            return OpenAiErrors.invalid(
                    "Unsupported parameter: 'max_tokens' is not supported with this model."
                            + " Use 'max_completion_tokens' instead.",
                    "max_tokens",
                    "unsupported_parameter");
        }
        return null;
    }
}
