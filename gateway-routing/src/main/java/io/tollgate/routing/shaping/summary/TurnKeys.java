package io.tollgate.routing.shaping.summary;

import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.RequestBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The keys of ever longer beginnings of a conversation: SHA-256 over all bytes so far, each part with its length before it. */
final class TurnKeys {
    private static final int LENGTH = 16;

    private final MessageDigest digest;

    TurnKeys(List<String> terms) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        for (String term : terms) {
            byte[] bytes = term.getBytes(StandardCharsets.UTF_8);
            add(bytes, 0, bytes.length);
        }
    }

    void add(RequestBody body, Turn turn) {
        add(body.array(), body.offset() + turn.span().start(), turn.span().length());
    }

    private void add(byte[] bytes, int offset, int length) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        digest.update(bytes, offset, length);
    }

    String key() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest(), 0, LENGTH);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }
}
