package io.tollgate.core.dialect.openairesponses;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which background responses have been billed: their usage comes with every call that fetches them, and is
 * owed once. Bounded: beyond that many, the oldest are forgotten. Thread-safe; asked once per fetching call.
 */
final class BilledOnce {
    private final Set<String> ids;

    BilledOnce(int most) {
        ids = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > most;
            }
        }));
    }

    /** Whether this id is heard for the first time. */
    boolean isFirst(String id) {
        return ids.add(id);
    }
}
