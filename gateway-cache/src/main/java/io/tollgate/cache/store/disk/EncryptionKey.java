package io.tollgate.cache.store.disk;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The key entries are encrypted by: 32 random bytes. It does not show itself. */
public final class EncryptionKey {
    /** Its size in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private EncryptionKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of {@link #LENGTH} bytes. */
    public static EncryptionKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an encryption key has " + LENGTH + " bytes, got " + bytes.length);
        }
        return new EncryptionKey(bytes.clone());
    }

    /** From 64 hexadecimal digits or the Base64 of 32 bytes; null when the text is neither. */
    public static @Nullable EncryptionKey parse(String text) {
        try {
            byte[] bytes = text.length() == 2 * LENGTH
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
            return bytes.length == LENGTH ? new EncryptionKey(bytes) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "***";
    }
}
