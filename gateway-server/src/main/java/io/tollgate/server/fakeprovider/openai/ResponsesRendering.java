package io.tollgate.server.fakeprovider.openai;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.Events;
import io.tollgate.server.fakeprovider.answer.ToolCall;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a draft into the form of the Responses API, whole or as its events. */
record ResponsesRendering(
        String id, long created, String model, JsonObject body, Draft draft, OpenAiUsage usage, UsageMode usageMode) {

    Object whole() {
        return response(status(), true);
    }

    /** The first answer to a request in the background: no output, no usage. */
    Object queued() {
        return response("queued", false);
    }

    String responseId() {
        return "resp_" + id;
    }

    Answer stream() {
        EventSequence sequence = new EventSequence();
        sequence.add("response.created", "response", response("in_progress", false));
        sequence.add("response.in_progress", "response", response("in_progress", false));
        int index = 0;
        if (draft.reasoningTokens() > 0) {
            sequence.add("response.output_item.added", "output_index", index, "item", reasoning());
            sequence.add("response.output_item.done", "output_index", index, "item", reasoning());
            index++;
        }
        ToolCall call = draft.call();
        if (call != null) {
            addCall(sequence, index, call);
        } else {
            addText(sequence, index);
        }
        boolean incomplete = draft.end() == Draft.End.LENGTH;
        sequence.add(incomplete ? "response.incomplete" : "response.completed", "response", whole());
        Events events = sequence.events();
        return Answer.stream(
                events,
                "event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"The server had an error"
                        + " while processing your request.\",\"param\":null,\"sequence_number\":"
                        + events.size() + "}\n\n");
    }

    private void addText(EventSequence sequence, int index) {
        Object empty = part("");
        Object part = part(draft.text());
        Map<String, @Nullable Object> at = object("item_id", messageId(), "output_index", index, "content_index", 0);
        sequence.add("response.output_item.added", "output_index", index, "item", message("in_progress", List.of()));
        sequence.addTo("response.content_part.added", at, "part", empty);
        List<String> pieces = draft.pieces();
        sequence.addRun("response.output_text.delta", at, "delta", pieces);
        sequence.addTo("response.output_text.done", at, "text", draft.text());
        sequence.addTo("response.content_part.done", at, "part", part);
        sequence.add("response.output_item.done", "output_index", index, "item", message(status(), List.of(part)));
    }

    private void addCall(EventSequence sequence, int index, ToolCall call) {
        Map<String, @Nullable Object> at = object("item_id", callItemId(), "output_index", index);
        sequence.add("response.output_item.added", "output_index", index, "item", call(call, "in_progress", ""));
        sequence.addRun("response.function_call_arguments.delta", at, "delta", call.pieces());
        sequence.addTo("response.function_call_arguments.done", at, "arguments", call.json());
        sequence.add("response.output_item.done", "output_index", index, "item", call(call, "completed", call.json()));
    }

    private Object response(String status, boolean whole) {
        boolean incomplete = status.equals("incomplete");
        return object(
                "id",
                responseId(),
                "object",
                "response",
                "created_at",
                created,
                "status",
                status,
                "background",
                body.flag("background"),
                "error",
                null,
                "incomplete_details",
                incomplete ? object("reason", "max_output_tokens") : null,
                "instructions",
                body.get("instructions"),
                "max_output_tokens",
                body.get("max_output_tokens"),
                "model",
                model,
                "output",
                whole ? output() : List.of(),
                "parallel_tool_calls",
                true,
                "previous_response_id",
                body.get("previous_response_id"),
                "reasoning",
                object("effort", body.object("reasoning").get("effort"), "summary", null),
                "service_tier",
                "default",
                "store",
                !Boolean.FALSE.equals(body.get("store")),
                "temperature",
                body.has("temperature") ? body.get("temperature") : 1.0,
                "text",
                object("format", object("type", "text"), "verbosity", "medium"),
                "tool_choice",
                body.has("tool_choice") ? body.get("tool_choice") : "auto",
                "tools",
                body.list("tools"),
                "top_p",
                body.has("top_p") ? body.get("top_p") : 1.0,
                "truncation",
                "disabled",
                "usage",
                whole && usageMode != UsageMode.NEVER ? usage.ofResponses() : null,
                "user",
                null,
                "metadata",
                body.object("metadata"));
    }

    private List<Object> output() {
        List<Object> output = new ArrayList<>();
        if (draft.reasoningTokens() > 0) {
            output.add(reasoning());
        }
        ToolCall call = draft.call();
        output.add(
                call == null ? message(status(), List.of(part(draft.text()))) : call(call, "completed", call.json()));
        return output;
    }

    private Object message(String status, List<?> content) {
        return object("id", messageId(), "type", "message", "status", status, "role", "assistant", "content", content);
    }

    private static Object part(String text) {
        return object("type", "output_text", "text", text, "annotations", List.of(), "logprobs", List.of());
    }

    private Object call(ToolCall call, String status, String arguments) {
        return object(
                "id",
                callItemId(),
                "type",
                "function_call",
                "status",
                status,
                "call_id",
                "call_" + id,
                "name",
                call.name(),
                "arguments",
                arguments);
    }

    private Object reasoning() {
        return object("id", "rs_" + id, "type", "reasoning", "summary", List.of());
    }

    private String messageId() {
        return "msg_" + id;
    }

    private String callItemId() {
        return "fc_" + id;
    }

    private String status() {
        return draft.end() == Draft.End.LENGTH ? "incomplete" : "completed";
    }
}
