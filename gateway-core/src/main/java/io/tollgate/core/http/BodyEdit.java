package io.tollgate.core.http;

import java.nio.charset.StandardCharsets;

/**
 * One splice: the bytes of {@code span} give way to {@code replacement}; everything outside stays as it was.
 *
 * @param replacement never modified afterwards; empty to delete
 */
public record BodyEdit(Span span, byte[] replacement) {
    /** Replaces a span by text. */
    public static BodyEdit replace(Span span, String text) {
        return new BodyEdit(span, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Inserts text at a position. */
    public static BodyEdit insert(int position, String text) {
        return replace(Span.at(position), text);
    }

    /** Deletes a span. */
    public static BodyEdit delete(Span span) {
        return new BodyEdit(span, new byte[0]);
    }
}
