package io.tollgate.core.dialect.openairesponses;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.dialect.json.JsonSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The members of a response object as the stream's first event told them, each as it was written. */
final class ResponseSkeleton {
    private static final int MOST_BYTES = 1 << 20;

    private final Map<String, String> members = new LinkedHashMap<>();

    /** What a response must have at least. */
    ResponseSkeleton(@Nullable String model) {
        members.put("id", "\"resp_0\"");
        members.put("object", "\"response\"");
        members.put("created_at", "0");
        members.put("status", "\"in_progress\"");
        members.put("error", "null");
        members.put("incomplete_details", "null");
        members.put("model", quote(model == null ? "" : model));
        members.put("output", "[]");
        members.put("parallel_tool_calls", "true");
        members.put("tool_choice", "\"auto\"");
        members.put("tools", "[]");
        members.put("usage", "null");
    }

    /** Reads the object's members; one that is too large or broken is left as it was. */
    void read(byte[] json, int offset, int length) {
        if (length > MOST_BYTES) {
            return;
        }
        try (JsonParser parser = JsonSource.open(json, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, raw(parser, json, offset));
            }
        } catch (JacksonException e) {
            return; // what came until then stands
        }
    }

    /** The current value as it was written; the parser stands at its end then. */
    static String raw(JsonParser parser, byte[] json, int offset) {
        long start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        long end = parser.currentLocation().getByteOffset();
        return new String(json, offset + (int) start, (int) (end - start), StandardCharsets.UTF_8).strip();
    }

    /** The object with these members set to other JSON values. */
    String with(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(members);
        all.putAll(others);
        StringBuilder out = new StringBuilder(512);
        String separator = "{";
        for (Map.Entry<String, String> member : all.entrySet()) {
            out.append(separator).append(quote(member.getKey())).append(':').append(member.getValue());
            separator = ",";
        }
        return out.append('}').toString();
    }
}
