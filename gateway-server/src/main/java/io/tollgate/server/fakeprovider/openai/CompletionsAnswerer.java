package io.tollgate.server.fakeprovider.openai;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Answerer;
import io.tollgate.server.fakeprovider.answer.Conversation;
import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.Events;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.Question;
import io.tollgate.server.fakeprovider.answer.ToolChoice;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** POST /v1/completions, the legacy one. */
public final class CompletionsAnswerer implements Answerer {
    private static final int CAP_UNLESS_TOLD = 16;

    @Override
    public Answer answer(Question question) {
        JsonObject body = question.body();
        String model = body.string("model");
        if (model == null) {
            return OpenAiErrors.invalid("you must provide a model parameter", null, null);
        }
        if (model.startsWith("no-such-")) {
            return OpenAiErrors.noSuchModel(model);
        }
        Prompt prompt = prompt(model, body);
        List<Draft> drafts = question.house().author().write(prompt, question.wish());
        UsageMode mode = question.wish().usage();
        OpenAiUsage usage = OpenAiUsage.count(question.house(), prompt, drafts, mode);
        Map<String, @Nullable Object> envelope = object(
                "id",
                question.house().id("cmpl-"),
                "object",
                "text_completion",
                "created",
                question.house().now(),
                "model",
                model);
        if (body.flag("stream")) {
            boolean withUsage = body.object("stream_options").flag("include_usage") && mode != UsageMode.NEVER;
            return stream(envelope, drafts, withUsage ? usage : null);
        }
        List<Object> choices = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            choices.add(choice(i, drafts.get(i).text(), finish(drafts.get(i))));
        }
        envelope.put("choices", choices);
        if (mode != UsageMode.NEVER) {
            envelope.put("usage", usage.ofChat());
        }
        return Answer.json(200, envelope);
    }

    private static Prompt prompt(String model, JsonObject body) {
        Conversation conversation = new Conversation();
        conversation.turn("user", body.get("prompt"));
        return new Prompt(
                model,
                conversation.text(),
                conversation.question(),
                false,
                0,
                0,
                body.number("max_tokens", CAP_UNLESS_TOLD),
                Math.clamp(body.number("n", 1), 1, 128),
                List.of(),
                ToolChoice.NONE,
                null,
                null,
                0);
    }

    private static Answer stream(
            Map<String, @Nullable Object> envelope, List<Draft> drafts, @Nullable OpenAiUsage usage) {
        Events events = new Events();
        for (int i = 0; i < drafts.size(); i++) {
            int index = i;
            Draft draft = drafts.get(i);
            List<String> pieces = draft.pieces();
            events.addRun(
                    pieces.size(), piece -> event(envelope, List.of(choice(index, pieces.get(piece), null)), null));
            events.add(event(envelope, List.of(choice(index, "", finish(draft))), null));
        }
        if (usage != null) {
            events.add(event(envelope, List.of(), usage));
        }
        return Answer.stream(
                events.add("data: [DONE]\n\n"),
                "data: {\"error\":{\"message\":\"The server had an error.\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n");
    }

    private static byte[] event(Map<String, @Nullable Object> envelope, List<?> choices, @Nullable OpenAiUsage usage) {
        Map<String, @Nullable Object> chunk = new LinkedHashMap<>(envelope);
        chunk.put("choices", choices);
        if (usage != null) {
            chunk.put("usage", usage.ofChat());
        }
        return ("data: " + JsonText.text(chunk) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Object choice(int index, String text, @Nullable String finish) {
        return object("text", text, "index", index, "logprobs", null, "finish_reason", finish);
    }

    private static String finish(Draft draft) {
        return draft.end() == Draft.End.LENGTH ? "length" : "stop";
    }
}
