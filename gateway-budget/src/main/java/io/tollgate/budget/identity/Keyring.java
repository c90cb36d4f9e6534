package io.tollgate.budget.identity;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All virtual keys, found by the hash of what was presented. Immutable; any thread. */
public final class Keyring {
    private final Map<Long, VirtualKey[]> byHashPrefix = new HashMap<>();

    /** Of these keys. */
    public Keyring(Collection<VirtualKey> keys) {
        for (VirtualKey key : keys) {
            byHashPrefix.merge(prefix(key.hash()), new VirtualKey[] {key}, Keyring::both);
        }
    }

    private static VirtualKey[] both(VirtualKey[] some, VirtualKey[] more) {
        VirtualKey[] all = java.util.Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    /** Whether no key is configured: then everyone is admitted. */
    public boolean isEmpty() {
        return byHashPrefix.isEmpty();
    }

    /** The key with this hash, compared in constant time, or null. */
    public @Nullable VirtualKey find(byte[] hash) {
        VirtualKey found = null;
        VirtualKey[] candidates = byHashPrefix.get(prefix(hash));
        if (candidates != null) {
            for (VirtualKey candidate : candidates) {
                if (MessageDigest.isEqual(candidate.hash(), hash)) {
                    found = candidate;
                }
            }
        }
        return found;
    }

    private static long prefix(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }
}
