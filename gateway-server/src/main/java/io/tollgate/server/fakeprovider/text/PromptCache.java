package io.tollgate.server.fakeprovider.text;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers which prompt prefixes were seen, as a provider's prompt cache does. Bounded; any thread. */
public final class PromptCache {
    private static final int BLOCK = 512;
    private static final int MOST_ENTRIES = 200_000;

    private final Map<Long, Boolean> seen = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > MOST_ENTRIES;
        }
    };

    /** Characters of the longest prefix, in whole blocks, seen before under this scope; remembers the whole text. */
    public synchronized int seenPrefix(String scope, String text) {
        long hash = Seed.extend(Seed.start(), scope, 0, scope.length());
        int known = 0;
        for (int at = 0; at + BLOCK <= text.length(); at += BLOCK) {
            hash = Seed.extend(hash, text, at, at + BLOCK);
            if (seen.put(hash, Boolean.TRUE) != null && known == at) {
                known = at + BLOCK;
            }
        }
        return known;
    }

    /** Whether exactly this text was seen under this scope; remembers it. */
    public synchronized boolean seenExactly(String scope, String text) {
        long hash = Seed.extend(Seed.extend(Seed.start(), scope, 0, scope.length()), text, 0, text.length());
        return seen.put(~hash, Boolean.TRUE) != null;
    }
}
