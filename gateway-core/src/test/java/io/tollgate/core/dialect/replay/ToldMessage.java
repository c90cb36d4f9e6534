package io.tollgate.core.dialect.replay;

import io.tollgate.core.dialect.JsonTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads Anthropic's messages for {@link Told}. */
final class ToldMessage {
    private ToldMessage() {}

    static Told plain(@Nullable Object message) {
        Map<String, String> texts = new TreeMap<>();
        List<?> content = Told.list(JsonTree.at(message, "content"));
        for (int i = 0; i < content.size(); i++) {
            Object block = content.get(i);
            block(texts, i, block);
            for (Object citation : Told.list(JsonTree.at(block, "citations"))) {
                Told.grow(texts, i + " citations", String.valueOf(citation));
            }
            if (JsonTree.at(block, "input") != null) {
                texts.put(i + " input", String.valueOf(JsonTree.at(block, "input")));
            }
        }
        Map<String, String> ends = new TreeMap<>();
        ends(ends, message);
        return new Told(texts, ends, usage(JsonTree.at(message, "usage")), JsonTree.at(message, "id"));
    }

    private static void block(Map<String, String> texts, long index, @Nullable Object block) {
        for (String name : List.of("type", "id", "name", "tool_use_id", "data")) {
            texts.put(index + " " + name, String.valueOf(JsonTree.at(block, name)));
        }
        texts.put(index + " result", String.valueOf(JsonTree.at(block, "content")));
        for (String name : List.of("text", "thinking", "signature")) {
            Told.grow(texts, index + " " + name, JsonTree.at(block, name));
        }
    }

    private static void ends(Map<String, String> ends, @Nullable Object from) {
        for (String name : List.of("stop_reason", "stop_sequence", "stop_details", "container")) {
            Object value = JsonTree.at(from, name);
            if (value != null) {
                ends.put(name, String.valueOf(value));
            }
        }
    }

    private static Map<Object, Object> usage(@Nullable Object usage) {
        Map<Object, Object> told = new LinkedHashMap<>();
        ((Map<?, ?>) Told.orEmpty(usage)).forEach((name, value) -> {
            if (value != null) {
                told.put(name, value);
            }
        });
        return told;
    }

    static Told stream(List<Object> events) {
        Map<String, String> texts = new TreeMap<>();
        Map<String, String> inputs = new TreeMap<>();
        Map<String, String> ends = new TreeMap<>();
        Map<Object, Object> usage = new LinkedHashMap<>();
        Object id = null;
        for (Object event : events) {
            long index = JsonTree.number(event, "index");
            switch (String.valueOf(JsonTree.at(event, "type"))) {
                case "message_start" -> {
                    id = JsonTree.at(event, "message", "id");
                    usage.putAll(usage(JsonTree.at(event, "message", "usage")));
                }
                case "content_block_start" -> {
                    Object block = JsonTree.at(event, "content_block");
                    block(texts, index, block);
                    if (JsonTree.at(block, "input") != null) {
                        inputs.put(index + " input", "");
                    }
                }
                case "content_block_delta" -> {
                    Object delta = JsonTree.at(event, "delta");
                    for (String name : List.of("text", "thinking", "signature")) {
                        Told.grow(texts, index + " " + name, JsonTree.at(delta, name));
                    }
                    Told.grow(inputs, index + " input", JsonTree.at(delta, "partial_json"));
                    if (JsonTree.at(delta, "citation") != null) {
                        Told.grow(texts, index + " citations", String.valueOf(JsonTree.at(delta, "citation")));
                    }
                }
                case "message_delta" -> {
                    ends(ends, JsonTree.at(event, "delta"));
                    usage.putAll(usage(JsonTree.at(event, "usage")));
                }
                default -> {}
            }
        }
        inputs.forEach(
                (where, json) -> texts.put(where, String.valueOf(json.isEmpty() ? Map.of() : JsonTree.parse(json))));
        return new Told(texts, ends, usage, id);
    }
}
