package io.tollgate.core.http;

/**
 * Where something stands in a body, in bytes from its start.
 *
 * @param start first byte
 * @param end one past the last byte
 */
public record Span(int start, int end) {
    /** Refuses a span that ends before it starts. */
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("span " + start + ".." + end);
        }
    }

    /** An empty span: where something is to be inserted. */
    public static Span at(int position) {
        return new Span(position, position);
    }

    /** Whether all of {@code other} stands in it. */
    public boolean contains(Span other) {
        return start <= other.start && other.end <= end;
    }

    /** Length in bytes. */
    public int length() {
        return end - start;
    }
}
