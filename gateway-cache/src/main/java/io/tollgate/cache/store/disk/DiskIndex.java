package io.tollgate.cache.store.disk;

import io.tollgate.cache.key.CacheKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which answers are on disk, oldest first. Any thread; every method but {@link #matching} takes well below a microsecond. */
final class DiskIndex {
    private final Map<CacheKey, DiskEntry> entries = new LinkedHashMap<>();
    private long bytes;

    synchronized @Nullable DiskEntry find(CacheKey key) {
        return entries.get(key);
    }

    /** Adds the youngest; answers the one it replaces, or null. */
    synchronized @Nullable DiskEntry put(DiskEntry entry) {
        DiskEntry replaced = entries.remove(entry.key());
        entries.put(entry.key(), entry);
        bytes += entry.bytes() - (replaced == null ? 0 : replaced.bytes());
        return replaced;
    }

    /** Takes out this very entry; false when another stands in its place, be it of the same name. */
    @SuppressWarnings("ReferenceEquality")
    synchronized boolean remove(DiskEntry entry) {
        if (entries.get(entry.key()) != entry) {
            return false;
        }
        entries.remove(entry.key());
        bytes -= entry.bytes();
        return true;
    }

    synchronized @Nullable DiskEntry oldest() {
        return entries.isEmpty() ? null : entries.values().iterator().next();
    }

    synchronized List<DiskEntry> matching(Predicate<DiskEntry> wanted) {
        List<DiskEntry> found = new ArrayList<>();
        for (DiskEntry entry : entries.values()) {
            if (wanted.test(entry)) {
                found.add(entry);
            }
        }
        return found;
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized long bytes() {
        return bytes;
    }
}
