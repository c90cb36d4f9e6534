package io.tollgate.cache.store.disk;

import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 before the plain bytes: shows damage, hides nothing, and stops nobody who can write to the folder. */
final class DigestSeal implements Seal {
    private static final int LENGTH = 32;
    private static final int MARK_BYTES = 8;

    @Override
    public String folder() {
        return "plain";
    }

    @Override
    public String mark(String kind, String text) {
        MessageDigest digest = sha256();
        digest.update(kind.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, MARK_BYTES);
    }

    @Override
    public byte[] seal(CacheKey key, Scope scope, byte[] plain) {
        byte[] sealed = new byte[LENGTH + plain.length];
        System.arraycopy(plain, 0, sealed, LENGTH, plain.length);
        System.arraycopy(digest(key, scope, sealed), 0, sealed, 0, LENGTH);
        return sealed;
    }

    @Override
    public byte @Nullable [] open(CacheKey key, Scope scope, byte[] sealed) {
        boolean whole = sealed.length >= LENGTH
                && MessageDigest.isEqual(digest(key, scope, sealed), Arrays.copyOf(sealed, LENGTH));
        return whole ? Arrays.copyOfRange(sealed, LENGTH, sealed.length) : null;
    }

    private static byte[] digest(CacheKey key, Scope scope, byte[] sealed) {
        MessageDigest digest = sha256();
        byte[] bound = Bound.to(key, scope);
        digest.update((byte) (bound.length >> 8));
        digest.update((byte) bound.length);
        digest.update(bound);
        digest.update(sealed, LENGTH, sealed.length - LENGTH);
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
