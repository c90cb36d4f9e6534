package io.tollgate.cache.store.disk;

import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import org.jspecify.annotations.Nullable;

/** Makes sure that what is read back is what was written, under the same key and for the same scope. Any thread. */
interface Seal {
    /** The folder its entries are in: entries of another seal are never looked at. */
    String folder();

    /** Sixteen hexadecimal digits that stand for a scope's or a model's name in a file's name. */
    String mark(String kind, String text);

    /** What is written. */
    byte[] seal(CacheKey key, Scope scope, byte[] plain);

    /** What had been sealed, or null when this is not it. */
    byte @Nullable [] open(CacheKey key, Scope scope, byte[] sealed);
}
