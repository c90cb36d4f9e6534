package io.tollgate.core.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A request's whole body, decoded (no content-encoding). The array may be pooled: it is lent until the exchange ends;
 * what outlives the exchange or leaves its loop takes a {@link #copy()}.
 *
 * @param array holds the body at {@code offset}, {@code length} bytes long; never written to
 */
public record RequestBody(byte[] array, int offset, int length) {
    /** No body. */
    public static final RequestBody EMPTY = of(new byte[0]);

    /** All of {@code bytes}. */
    public static RequestBody of(byte[] bytes) {
        return new RequestBody(bytes, 0, bytes.length);
    }

    /** Its own bytes. */
    public byte[] copy() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** The text of a span (offsets relative to the body's start), UTF-8. */
    public String text(Span span) {
        return new String(array, offset + span.start(), span.length(), StandardCharsets.UTF_8);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return length == 0;
    }
}
