package io.tollgate.server.fakeprovider.openai;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.Events;
import io.tollgate.server.fakeprovider.answer.ToolCall;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts drafts into the form of chat completions, whole or in chunks. */
record ChatRendering(
        String id,
        long created,
        String model,
        boolean onAzure,
        List<Draft> drafts,
        OpenAiUsage usage,
        UsageMode usageMode) {
    private static final String FINGERPRINT = "fp_7c41e09ab2";
    private static final String PADDING = "aZ3kQ9xT7mB2vN5c";
    private static final Map<String, @Nullable Object> SAFE = object(
            "hate", object("filtered", false, "severity", "safe"),
            "self_harm", object("filtered", false, "severity", "safe"),
            "sexual", object("filtered", false, "severity", "safe"),
            "violence", object("filtered", false, "severity", "safe"));

    Object whole() {
        List<Object> choices = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            Map<String, @Nullable Object> message =
                    object("role", "assistant", "content", draft.call() == null ? draft.text() : null, "refusal", null);
            ToolCall call = draft.call();
            if (call != null) {
                message.put("tool_calls", List.of(call(i, call, call.json())));
            }
            message.put("annotations", List.of());
            Map<String, @Nullable Object> choice =
                    object("index", i, "message", message, "logprobs", null, "finish_reason", finish(draft));
            if (onAzure) {
                choice.put("content_filter_results", SAFE);
            }
            choices.add(choice);
        }
        Map<String, @Nullable Object> answer = envelope("chat.completion", choices);
        if (usageMode != UsageMode.NEVER) {
            answer.put("usage", usage.ofChat());
        }
        if (onAzure) {
            answer.put("prompt_filter_results", List.of(object("prompt_index", 0, "content_filter_results", SAFE)));
        }
        return answer;
    }

    Answer stream(JsonObject options) {
        boolean withUsage = options.flag("include_usage");
        boolean padded = !onAzure && !Boolean.FALSE.equals(options.get("include_obfuscation"));
        Events events = new Events();
        if (onAzure) {
            events.add(event(object(
                    "choices",
                    List.of(),
                    "created",
                    0,
                    "id",
                    "",
                    "model",
                    "",
                    "object",
                    "",
                    "prompt_filter_results",
                    List.of(object("prompt_index", 0, "content_filter_results", SAFE)))));
        }
        for (int i = 0; i < drafts.size(); i++) {
            addChoice(events, i, withUsage, padded);
        }
        if (withUsage && usageMode != UsageMode.NEVER) {
            Map<String, @Nullable Object> last = envelope("chat.completion.chunk", List.of());
            last.put("usage", usage.ofChat());
            events.add(event(last));
        }
        events.add("data: [DONE]\n\n");
        Object broken = object(
                "error",
                OpenAiErrors.members(
                        "The server had an error while processing your request. Sorry about that!",
                        "server_error",
                        null,
                        null));
        return Answer.stream(events, "data: " + JsonText.text(broken) + "\n\n");
    }

    private void addChoice(Events events, int index, boolean withUsage, boolean padded) {
        Draft draft = drafts.get(index);
        ToolCall call = draft.call();
        Map<String, @Nullable Object> first =
                object("role", "assistant", "content", call == null ? "" : null, "refusal", null);
        if (call != null) {
            first.put("tool_calls", List.of(streamedCall(index, call)));
        }
        events.add(chunk(index, first, null, withUsage, padded));
        if (call != null) {
            List<String> pieces = call.pieces();
            events.addRun(
                    pieces.size(),
                    i -> chunk(
                            index,
                            object(
                                    "tool_calls",
                                    List.of(object("index", 0, "function", object("arguments", pieces.get(i))))),
                            null,
                            withUsage,
                            padded));
        }
        List<String> pieces = draft.pieces();
        events.addRun(pieces.size(), i -> chunk(index, object("content", pieces.get(i)), null, withUsage, padded));
        events.add(chunk(index, object(), finish(draft), withUsage, padded));
    }

    private byte[] chunk(int index, Object delta, @Nullable String finish, boolean withUsage, boolean padded) {
        Map<String, @Nullable Object> choice =
                object("index", index, "delta", delta, "logprobs", null, "finish_reason", finish);
        if (onAzure) {
            choice.put("content_filter_results", finish == null ? SAFE : object());
        }
        Map<String, @Nullable Object> chunk = envelope("chat.completion.chunk", List.of(choice));
        if (withUsage) {
            chunk.put("usage", null);
        }
        if (padded) {
            chunk.put("obfuscation", PADDING.substring(delta.hashCode() & 7));
        }
        return event(chunk);
    }

    private Map<String, @Nullable Object> envelope(String type, List<?> choices) {
        return object(
                "id", id,
                "object", type,
                "created", created,
                "model", model,
                "service_tier", "default",
                "system_fingerprint", FINGERPRINT,
                "choices", choices);
    }

    private Object streamedCall(int choice, ToolCall call) {
        Map<String, @Nullable Object> streamed = object("index", 0);
        streamed.putAll(call(choice, call, ""));
        return streamed;
    }

    private Map<String, @Nullable Object> call(int choice, ToolCall call, String arguments) {
        return object(
                "id",
                "call_" + id.substring(id.length() - 20) + choice,
                "type",
                "function",
                "function",
                object("name", call.name(), "arguments", arguments));
    }

    private static String finish(Draft draft) {
        return switch (draft.end()) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL -> "tool_calls";
        };
    }

    private static byte[] event(Object json) {
        return ("data: " + JsonText.text(json) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
