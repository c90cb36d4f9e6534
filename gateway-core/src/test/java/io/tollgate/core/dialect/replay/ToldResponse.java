package io.tollgate.core.dialect.replay;

import io.tollgate.core.dialect.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads OpenAI's responses for {@link Told}: a stream from its deltas. */
final class ToldResponse {
    private ToldResponse() {}

    static Told plain(@Nullable Object response) {
        Map<String, String> texts = new TreeMap<>();
        List<?> output = Told.list(JsonTree.at(response, "output"));
        for (int i = 0; i < output.size(); i++) {
            Object item = output.get(i);
            Told.grow(texts, i + " arguments", text(item, "arguments"));
            Told.grow(texts, i + " input", text(item, "input"));
            item(texts, i, item);
            List<?> content = Told.list(JsonTree.at(item, "content"));
            for (int part = 0; part < content.size(); part++) {
                Told.grow(texts, i + " content " + part, JsonTree.at(content.get(part), "text"));
                Told.grow(texts, i + " content " + part, JsonTree.at(content.get(part), "refusal"));
            }
            List<?> summary = Told.list(JsonTree.at(item, "summary"));
            for (int part = 0; part < summary.size(); part++) {
                Told.grow(texts, i + " summary " + part, JsonTree.at(summary.get(part), "text"));
            }
        }
        return told(texts, response);
    }

    private static @Nullable Object text(@Nullable Object item, String name) {
        boolean hosted = String.valueOf(JsonTree.at(item, "type")).matches("mcp_call|tool_search_call");
        return hosted ? null : JsonTree.at(item, name);
    }

    private static void item(Map<String, String> texts, long index, @Nullable Object item) {
        for (String name : List.of("id", "type", "name", "call_id", "status", "action")) {
            Object value = JsonTree.at(item, name);
            texts.put(index + " " + name, String.valueOf(value));
        }
    }

    private static Told told(Map<String, String> texts, @Nullable Object response) {
        Map<String, String> ends = new TreeMap<>();
        ends.put("status", String.valueOf(JsonTree.at(response, "status")));
        ends.put("reason", String.valueOf(JsonTree.at(response, "incomplete_details")));
        return new Told(texts, ends, JsonTree.at(response, "usage"), JsonTree.at(response, "id"));
    }

    static Told stream(List<Object> events) {
        Map<String, String> texts = new TreeMap<>();
        Object response = null;
        for (Object event : events) {
            String type = String.valueOf(JsonTree.at(event, "type"));
            String item = JsonTree.number(event, "output_index") + " ";
            String where = switch (type) {
                case "response.output_text.delta", "response.refusal.delta", "response.reasoning_text.delta" ->
                    item + "content " + JsonTree.number(event, "content_index");
                case "response.reasoning_summary_text.delta" ->
                    item + "summary " + JsonTree.number(event, "summary_index");
                case "response.function_call_arguments.delta" -> item + "arguments";
                case "response.custom_tool_call_input.delta" -> item + "input";
                default -> null;
            };
            if (where != null) {
                Told.grow(texts, where, JsonTree.at(event, "delta"));
            }
            if (type.equals("response.output_item.done")) {
                item(texts, JsonTree.number(event, "output_index"), JsonTree.at(event, "item"));
            }
            if (JsonTree.at(event, "response") != null) {
                response = JsonTree.at(event, "response");
            }
        }
        return told(texts, response);
    }
}
