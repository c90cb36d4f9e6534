package io.tollgate.core.http;

import io.tollgate.core.http.BodyEdit.MemberChange;
import io.tollgate.core.http.BodyEdit.Splice;
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
    private final List<Splice> splices;
    private final int length;

    /** {@code body} with {@code edits}. */
    public SplicedBody(RequestBody body, List<BodyEdit> edits) {
        this.body = body;
        this.splices = inOrder(edits);
        int size = body.length();
        int at = 0;
        for (Splice splice : splices) {
            if (splice.span().start() < at || splice.span().end() > body.length()) {
                throw new IllegalArgumentException("edit at " + splice.span()
                        + " overlaps another or leaves the body of " + body.length() + " bytes");
            }
            at = splice.span().end();
            size += splice.replacement().length - splice.span().length();
        }
        this.length = size;
    }

    private static List<Splice> inOrder(List<BodyEdit> edits) {
        List<Splice> splices = new ArrayList<>(edits.size() + 1);
        List<MemberChange> changes = new ArrayList<>(edits.size());
        for (BodyEdit edit : edits) {
            switch (edit) {
                case Splice splice -> splices.add(splice);
                case MemberChange change -> {
                    changes.removeIf(earlier ->
                            earlier.isOf(change.object()) && earlier.name().equals(change.name()));
                    changes.add(change);
                }
            }
        }
        while (!changes.isEmpty()) {
            Members object = changes.getFirst().object();
            object.splice(changes.stream().filter(change -> change.isOf(object)).toList(), splices);
            changes.removeIf(change -> change.isOf(object));
        }
        if (splices.size() > 1) {
            splices.sort(Comparator.comparingInt(
                            (Splice splice) -> splice.span().start())
                    .thenComparingInt(splice -> splice.span().end())); // stable: equal positions keep their order
            keepLastWords(splices);
        }
        return splices;
    }

    private static void keepLastWords(List<Splice> sorted) {
        for (int i = sorted.size() - 1; i > 0; i--) {
            Span span = sorted.get(i).span();
            if (span.length() > 0 && span.equals(sorted.get(i - 1).span())) {
                sorted.remove(i - 1);
            }
        }
    }

    /** Bytes after the edits. */
    public int length() {
        return length;
    }

    /** Writes the edited body. */
    public void writeTo(Sink sink) {
        int at = 0;
        for (Splice splice : splices) {
            write(sink, at, splice.span().start());
            if (splice.replacement().length > 0) {
                sink.write(splice.replacement(), 0, splice.replacement().length);
            }
            at = splice.span().end();
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
