package io.tollgate.server.fakeprovider.openai;

import io.tollgate.server.fakeprovider.answer.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Responses that can be fetched again by their id, the newest thousand of those that are not large. Any thread. */
public final class StoredResponses {
    private static final int MOST = 1_000;
    private static final int LARGEST = 256 * 1024;

    private final Map<String, byte[]> byId = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST;
        }
    };

    synchronized void store(String id, byte[] body) {
        if (body.length <= LARGEST) {
            byId.put(id, body);
        }
    }

    /** The response with this id, or the provider's error. */
    public synchronized Answer fetch(String id) {
        byte @Nullable [] stored = byId.get(id);
        return stored != null
                ? Answer.plain(200, "application/json", stored)
                : OpenAiErrors.error(
                        404, "Response with id '" + id + "' not found.", "invalid_request_error", null, null);
    }
}
