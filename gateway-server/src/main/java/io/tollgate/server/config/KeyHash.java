package io.tollgate.server.config;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The form in which a virtual key is known to the gateway. */
public final class KeyHash {
    private KeyHash() {}

    /** {@code sha256:} and the lower-case hex SHA-256 of the key's UTF-8 bytes. */
    public static String of(String key) {
        byte[] digest = Fingerprint.sha256().digest(key.getBytes(StandardCharsets.UTF_8));
        return "sha256:" + HexFormat.of().formatHex(digest);
    }
}
