package io.tollgate.server.fakeprovider.anthropic;

import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonText;
import io.tollgate.server.fakeprovider.text.PromptCache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a request marks its prompt with {@code cache_control}, in the order tools, system, messages. */
final class CacheBreakpoints {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> ends = new ArrayList<>();
    private boolean forAnHour;

    private CacheBreakpoints() {}

    static CacheBreakpoints in(JsonObject body) {
        CacheBreakpoints found = new CacheBreakpoints();
        found.blocks(body.list("tools"));
        found.content(body.get("system"));
        for (JsonObject message : body.objects("messages")) {
            found.text.append(message.string("role")).append('\n');
            found.content(message.get("content"));
        }
        found.mark(body.object("cache_control"));
        return found;
    }

    private void content(@Nullable Object content) {
        if (content instanceof List<?> blocks) {
            blocks(blocks);
        } else if (content != null) {
            text.append(content).append('\n');
        }
    }

    private void blocks(List<?> blocks) {
        for (JsonObject block : JsonObject.objectsOf(blocks)) {
            Map<String, @Nullable Object> unmarked = new LinkedHashMap<>(block.members());
            unmarked.remove("cache_control");
            text.append(JsonText.text(unmarked)).append('\n');
            mark(block.object("cache_control"));
        }
    }

    private void mark(JsonObject cacheControl) {
        if (!cacheControl.members().isEmpty()) {
            ends.add(text.length());
            forAnHour = cacheControl.string("ttl", "5m").equals("1h");
        }
    }

    /** The share of the prompt up to the last mark; 0 without marks. */
    double markedShare() {
        return ends.isEmpty() ? 0 : (double) ends.getLast() / text.length();
    }

    /** The share up to the last mark whose prefix was seen before; remembers all marked prefixes. */
    double seenShare(PromptCache cache, String model) {
        int seen = 0;
        for (int end : ends) {
            if (cache.seenExactly(model, text.substring(0, end))) {
                seen = end;
            }
        }
        return (double) seen / Math.max(1, text.length());
    }

    /** Whether the last mark asks for an hour. */
    boolean forAnHour() {
        return forAnHour;
    }
}
