package io.tollgate.cache.store;

/**
 * What a level of the cache has done since it was opened, and what it holds now.
 *
 * @param level {@code memory} or {@code disk}
 * @param hits lookups that found an answer
 * @param misses lookups that did not
 * @param entries answers held
 * @param bytes what they take
 * @param maxBytes what they may take
 * @param evictions answers given up for want of room
 * @param expired answers given up because their time was over
 * @param corrupt answers given up because what was read back was not what had been written
 * @param failures reads and writes that the file system refused
 * @param dropped answers not taken: too large, or more were waiting to be written than may
 */
public record StoreFigures(
        String level,
        long hits,
        long misses,
        long entries,
        long bytes,
        long maxBytes,
        long evictions,
        long expired,
        long corrupt,
        long failures,
        long dropped) {}
