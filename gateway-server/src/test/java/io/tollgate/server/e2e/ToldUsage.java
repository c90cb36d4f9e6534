package io.tollgate.server.e2e;

import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says it used, worked out the plain way: the whole text parsed into trees, the last word taken.
 *
 * @param prompt all input, cached and written included
 * @param cacheRead the part of it read from a cache
 * @param output reasoning included
 */
record ToldUsage(long prompt, long cacheRead, long output) {
    /** What it says, or null when it says nothing. */
    static @Nullable ToldUsage in(Recording call) {
        List<JsonObject> parts = parts(call.answerText());
        return switch (call.dialect()) {
            case "anthropic" -> anthropic(parts);
            case "gemini" -> gemini(parts);
            default -> openAi(parts);
        };
    }

    private static List<JsonObject> parts(String answer) {
        String text = answer.strip();
        List<JsonObject> parts = new ArrayList<>();
        if (text.startsWith("{") || text.startsWith("[")) {
            byte[] wrapped = ("{\"all\":" + text + "}").getBytes(StandardCharsets.UTF_8);
            Object all = Objects.requireNonNullElse(JsonTree.read(wrapped), JsonObject.EMPTY)
                    .get("all");
            return all instanceof List<?> list ? JsonObject.objectsOf(list) : JsonObject.objectsOf(List.of(all));
        }
        text.lines().filter(line -> line.startsWith("data:")).forEach(line -> {
            JsonObject part = JsonTree.read(line.substring(5).getBytes(StandardCharsets.UTF_8));
            if (part != null) {
                parts.add(part);
            }
        });
        return parts;
    }

    private static @Nullable ToldUsage openAi(List<JsonObject> parts) {
        JsonObject usage = JsonObject.EMPTY;
        for (JsonObject part : parts) {
            for (JsonObject holder : List.of(part.object("x_groq"), part.object("response"), part)) {
                usage = holder.object("usage").members().isEmpty() ? usage : holder.object("usage");
            }
        }
        if (usage.members().isEmpty()) {
            return null;
        }
        long said = number(usage, "prompt_tokens", "input_tokens");
        long output = number(usage, "completion_tokens", "output_tokens");
        long total = usage.number("total_tokens", 0);
        long reasoning = usage.object("completion_tokens_details").number("reasoning_tokens", 0);
        boolean apart = reasoning > 0 && total - said - output == reasoning; // xAI's way to count
        long prompt = said == 0 && output == 0 ? total : said;
        long cached = Math.max(
                usage.object("prompt_tokens_details").number("cached_tokens", 0),
                usage.object("input_tokens_details").number("cached_tokens", 0));
        cached = Math.max(cached, number(usage, "prompt_cache_hit_tokens", "num_cached_tokens", "cached_tokens"));
        return new ToldUsage(prompt, Math.min(cached, prompt), apart ? output + reasoning : output);
    }

    private static long number(JsonObject usage, String... names) {
        for (String name : names) {
            if (usage.number(name, 0) > 0) {
                return usage.number(name, 0);
            }
        }
        return 0;
    }

    private static @Nullable ToldUsage anthropic(List<JsonObject> parts) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        for (JsonObject part : parts) {
            for (JsonObject holder : List.of(part.object("message"), part)) {
                holder.object("usage").members().forEach((name, value) -> {
                    if (value != null) {
                        told.put(name, value);
                    }
                });
            }
        }
        JsonObject usage = new JsonObject(told);
        long read = usage.number("cache_read_input_tokens", 0);
        long prompt = usage.number("input_tokens", 0) + read + usage.number("cache_creation_input_tokens", 0);
        return told.isEmpty() ? null : new ToldUsage(prompt, read, usage.number("output_tokens", 0));
    }

    private static @Nullable ToldUsage gemini(List<JsonObject> parts) {
        JsonObject usage = parts.isEmpty() ? JsonObject.EMPTY : parts.getLast().object("usageMetadata");
        return usage.members().isEmpty()
                ? null
                : new ToldUsage(
                        usage.number("promptTokenCount", 0) + usage.number("toolUsePromptTokenCount", 0),
                        usage.number("cachedContentTokenCount", 0),
                        usage.number("candidatesTokenCount", 0) + usage.number("thoughtsTokenCount", 0));
    }
}
