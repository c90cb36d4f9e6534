package io.tollgate.server.fakeprovider.answer;

import io.tollgate.server.fakeprovider.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call the model makes.
 *
 * @param name the tool
 * @param arguments its arguments
 * @param json the same as JSON text
 */
public record ToolCall(String name, Map<String, @Nullable Object> arguments, String json) {
    ToolCall(String name, Map<String, @Nullable Object> arguments) {
        this(name, arguments, JsonText.text(arguments));
    }

    /** The JSON in pieces of a few characters, as it is streamed. */
    public List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < json.length(); ) {
            int end = json.offsetByCodePoints(at, Math.min(6, json.codePointCount(at, json.length())));
            pieces.add(json.substring(at, end));
            at = end;
        }
        return pieces;
    }
}
