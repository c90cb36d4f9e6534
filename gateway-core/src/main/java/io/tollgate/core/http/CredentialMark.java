package io.tollgate.core.http;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers without a virtual key apart by everything they present, since which of it the provider goes by is not
 * known here: two that share one credential and differ in another are two. A hash, cut to 128 bits, that is used for
 * nothing else.
 */
public final class CredentialMark {
    private static final String PURPOSE = "tollgate-cache-credential";
    private static final int LENGTH = 16;
    private static final List<AsciiString> HEADERS = Stream.of(
                    "authorization",
                    "x-api-key",
                    "x-goog-api-key",
                    "api-key",
                    "x-tollgate-key",
                    "ocp-apim-subscription-key",
                    "cf-aig-authorization",
                    "helicone-auth",
                    "x-portkey-api-key",
                    "x-litellm-api-key")
            .map(AsciiString::cached) // their hashes are kept
            .toList();

    private CredentialMark() {}

    /**
     * The mark; null when nothing is presented.
     *
     * @param further a header in which the provider takes a credential, in lower case, or null
     */
    public static @Nullable String of(RequestHead head, @Nullable String further) {
        MessageDigest digest = sha256();
        add(digest, PURPOSE);
        boolean presented = false;
        for (AsciiString header : HEADERS) {
            presented |= head.headers().contains(header)
                    && add(digest, header.toString(), head.headers().getAll(header));
        }
        if (further != null && HEADERS.stream().noneMatch(header -> header.contentEquals(further))) {
            presented |= add(digest, further, head.headers().getAll(further));
        }
        if (head.query() != null) {
            for (String parameter : head.query().split("&")) {
                presented |= parameter.startsWith("key=") && add(digest, "?", List.of(parameter));
            }
        }
        return presented ? HexFormat.of().formatHex(digest.digest(), 0, LENGTH) : null;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static boolean add(MessageDigest digest, String place, List<String> values) {
        for (String value : values) {
            add(digest, place);
            add(digest, value.strip());
        }
        return !values.isEmpty();
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(new byte[] {
            (byte) (bytes.length >>> 24), (byte) (bytes.length >>> 16), (byte) (bytes.length >>> 8), (byte) bytes.length
        });
        digest.update(bytes);
    }
}
