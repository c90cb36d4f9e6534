package io.tollgate.core.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A body with edits applied: knows its length and writes itself piece by piece, without an intermediate copy. Edits of
 * the same position apply in the order they were given; overlapping edits are a programming error and throw.
 */
public final class SplicedBody {
    /** Takes the pieces in order. */
    @FunctionalInterface
    public interface Sink {
        /** The array is lent for the call. */
        void write(byte[] array, int offset, int length);
    }

    private final RequestBody body;
    private final List<BodyEdit> edits;
    private final int length;

    /** {@code body} with {@code edits}. */
    public SplicedBody(RequestBody body, List<BodyEdit> edits) {
        this.body = body;
        this.edits = inOrder(edits);
        int size = body.length();
        int at = 0;
        for (BodyEdit edit : this.edits) {
            if (edit.span().start() < at || edit.span().end() > body.length()) {
                throw new IllegalArgumentException("edit at " + edit.span() + " overlaps another or leaves the body of "
                        + body.length() + " bytes");
            }
            at = edit.span().end();
            size += edit.replacement().length - edit.span().length();
        }
        this.length = size;
    }

    private static List<BodyEdit> inOrder(List<BodyEdit> edits) {
        if (edits.size() < 2) {
            return edits;
        }
        List<BodyEdit> sorted = new ArrayList<>(edits);
        sorted.sort(Comparator.comparingInt((BodyEdit edit) -> edit.span().start())
                .thenComparingInt(edit -> edit.span().end())); // stable: equal positions keep their order
        return sorted;
    }

    /** Bytes after the edits. */
    public int length() {
        return length;
    }

    /** Writes the edited body. */
    public void writeTo(Sink sink) {
        int at = 0;
        for (BodyEdit edit : edits) {
            write(sink, at, edit.span().start());
            if (edit.replacement().length > 0) {
                sink.write(edit.replacement(), 0, edit.replacement().length);
            }
            at = edit.span().end();
        }
        write(sink, at, body.length());
    }

    private void write(Sink sink, int from, int to) {
        if (to > from) {
            sink.write(body.array(), body.offset() + from, to - from);
        }
    }

    /** The edited body in an array of its own. */
    public byte[] toBytes() {
        byte[] bytes = new byte[length];
        int[] at = {0};
        writeTo((array, offset, count) -> {
            System.arraycopy(array, offset, bytes, at[0], count);
            at[0] += count;
        });
        return bytes;
    }
}
