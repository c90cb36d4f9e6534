package io.tollgate.cache.store.disk;

import io.tollgate.cache.key.CacheKey;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds an answer. Everything the index must know stands in its name, so that a start reads names only and a
 * purge opens no file.
 *
 * @param scopeMark stands for the scope
 * @param modelMark stands for the model that was asked
 * @param expiresMillis since the epoch; a hint: the answer itself says until when it may be given
 * @param bytes what it takes on disk, whole blocks
 */
record DiskEntry(CacheKey key, String scopeMark, String modelMark, long expiresMillis, long bytes) {
    private static final Pattern NAME =
            Pattern.compile("([0-9a-f]{64})-([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{1,15})");
    private static final int BLOCK = 4096;

    /** Whole blocks, as a file system gives them out. */
    static long blocks(long bytes) {
        return (bytes + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** The entry a file of this name and size is, or null when it is none. */
    static @Nullable DiskEntry parse(String name, long size) {
        Matcher matcher = NAME.matcher(name);
        CacheKey key = matcher.matches() ? CacheKey.parse(matcher.group(1)) : null;
        return key == null
                ? null
                : new DiskEntry(
                        key, matcher.group(2), matcher.group(3), Long.parseLong(matcher.group(4), 16), blocks(size));
    }

    /** One of 256 folders, so that none grows long. */
    String fanOut() {
        return key.hex().substring(0, 2);
    }

    String fileName() {
        return key.hex() + "-" + scopeMark + "-" + modelMark + "-" + Long.toHexString(Math.max(0, expiresMillis));
    }
}
