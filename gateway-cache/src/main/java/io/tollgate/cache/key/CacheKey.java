package io.tollgate.cache.key;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The name of an answer: 32 bytes of SHA-256 over everything that decides it. Nothing of the request can be read from it. */
public final class CacheKey {
    /** Its size in bytes. */
    public static final int LENGTH = 32;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private CacheKey(ByteBuffer hash) {
        this.first = hash.getLong();
        this.second = hash.getLong();
        this.third = hash.getLong();
        this.fourth = hash.getLong();
    }

    /** Of a hash of {@link #LENGTH} bytes. */
    public static CacheKey of(byte[] hash) {
        if (hash.length != LENGTH) {
            throw new IllegalArgumentException("a cache key has " + LENGTH + " bytes, got " + hash.length);
        }
        return new CacheKey(ByteBuffer.wrap(hash));
    }

    /** The key that {@link #hex} wrote, or null when the text is none. */
    public static @Nullable CacheKey parse(String hex) {
        if (hex.length() != 2 * LENGTH) {
            return null;
        }
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return null;
            }
        }
        return of(HexFormat.of().parseHex(hex));
    }

    /** The hash. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheKey key
                && first == key.first
                && second == key.second
                && third == key.third
                && fourth == key.fourth;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    @Override
    public String toString() {
        return hex();
    }
}
