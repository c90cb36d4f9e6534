package io.tollgate.server.fakeprovider.anthropic;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.Events;
import io.tollgate.server.fakeprovider.answer.ToolCall;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.json.JsonText;
import io.tollgate.server.fakeprovider.text.PseudoText;
import io.tollgate.server.fakeprovider.text.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a draft into the form of an Anthropic message, whole or as its events. */
record MessagesRendering(String id, String model, Draft draft, MessagesUsage usage, UsageMode usageMode) {
    private static final String ERROR_EVENT = """
            event: error
            data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

            """;

    Object whole() {
        List<Object> content = new ArrayList<>();
        if (draft.reasoningTokens() > 0) {
            content.add(object(
                    "type", "thinking",
                    "thinking", String.join("", thoughts()),
                    "signature", signature()));
        }
        ToolCall call = draft.call();
        if (call != null) {
            content.add(object("type", "tool_use", "id", callId(), "name", call.name(), "input", call.arguments()));
        } else if (!draft.pieces().isEmpty()) {
            content.add(object("type", "text", "text", draft.text()));
        }
        Map<String, @Nullable Object> message = message(content, stopReason());
        if (usageMode != UsageMode.NEVER) {
            message.put("usage", usage.ofMessage(output()));
        }
        return message;
    }

    Answer stream() {
        Map<String, @Nullable Object> start = message(List.of(), null);
        Map<String, @Nullable Object> delta =
                object("type", "message_delta", "delta", object("stop_reason", stopReason(), "stop_sequence", null));
        if (usageMode != UsageMode.NEVER) {
            start.put("usage", usage.ofMessage(Math.min(1, output())));
            delta.put("usage", usage.ofDelta(output()));
        }
        Events events = new Events().add(event(object("type", "message_start", "message", start)));
        int index = 0;
        if (draft.reasoningTokens() > 0) {
            List<String> thoughts = thoughts();
            addBlock(events, index, object("type", "thinking", "thinking", "", "signature", ""));
            addDeltas(events, index, "thinking_delta", "thinking", thoughts);
            addDeltas(events, index, "signature_delta", "signature", List.of(signature()));
            events.add(event(object("type", "content_block_stop", "index", index)));
            index++;
        }
        ToolCall call = draft.call();
        if (call != null) {
            addBlock(events, index, object("type", "tool_use", "id", callId(), "name", call.name(), "input", object()));
            addDeltas(events, index, "input_json_delta", "partial_json", call.pieces());
            events.add(event(object("type", "content_block_stop", "index", index)));
        } else if (!draft.pieces().isEmpty()) {
            addBlock(events, index, object("type", "text", "text", ""));
            addDeltas(events, index, "text_delta", "text", draft.pieces());
            events.add(event(object("type", "content_block_stop", "index", index)));
        }
        events.add(event(delta)).add(event(object("type", "message_stop")));
        return Answer.stream(events, ERROR_EVENT);
    }

    private static void addBlock(Events events, int index, Object block) {
        events.add(event(object("type", "content_block_start", "index", index, "content_block", block)));
        if (index == 0) {
            events.add("event: ping\ndata: {\"type\": \"ping\"}\n\n");
        }
    }

    private static void addDeltas(Events events, int index, String type, String member, List<String> pieces) {
        events.addRun(
                pieces.size(),
                i -> event(object(
                        "type",
                        "content_block_delta",
                        "index",
                        index,
                        "delta",
                        object("type", type, member, pieces.get(i)))));
    }

    private Map<String, @Nullable Object> message(List<?> content, @Nullable String stopReason) {
        return object(
                "model", model,
                "id", id,
                "type", "message",
                "role", "assistant",
                "content", content,
                "stop_reason", stopReason,
                "stop_sequence", null);
    }

    private int output() {
        return usageMode == UsageMode.ZERO ? 0 : draft.outputTokens();
    }

    private List<String> thoughts() {
        return PseudoText.pieces(Seed.of(id), draft.reasoningTokens());
    }

    private String signature() {
        return Base64.getEncoder().encodeToString(("thought of " + id).getBytes(StandardCharsets.UTF_8));
    }

    private String callId() {
        return "toolu_01" + id.substring(id.length() - 22);
    }

    private String stopReason() {
        return switch (draft.end()) {
            case STOP -> "end_turn";
            case LENGTH -> "max_tokens";
            case TOOL -> "tool_use";
        };
    }

    /** Anthropic pads the JSON of its events with spaces before the last brace. */
    private static byte[] event(Map<String, @Nullable Object> json) {
        String text = JsonText.text(json);
        int spaces = text.length() % 13;
        return ("event: " + json.get("type") + "\ndata: " + text.substring(0, text.length() - 1) + " ".repeat(spaces)
                        + "}\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
