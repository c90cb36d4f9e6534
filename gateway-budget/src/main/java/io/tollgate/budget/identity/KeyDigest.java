package io.tollgate.budget.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of credentials. */
public final class KeyDigest {
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(KeyDigest::sha256);

    private KeyDigest() {}

    /** 32 bytes over the key's UTF-8 bytes. */
    public static byte[] of(String key) {
        return DIGEST.get().digest(key.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
