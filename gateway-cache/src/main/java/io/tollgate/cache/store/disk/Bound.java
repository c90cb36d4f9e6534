package io.tollgate.cache.store.disk;

import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What an entry is bound to: the form of its bytes, its key, its scope. */
final class Bound {
    /** Goes up whenever entries of older versions cannot be read any more. */
    static final byte VERSION = 1;

    private Bound() {}

    static byte[] to(CacheKey key, Scope scope) {
        byte[] name = scope.text().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + CacheKey.LENGTH + name.length)
                .put(VERSION)
                .put(key.bytes())
                .put(name)
                .array();
    }
}
