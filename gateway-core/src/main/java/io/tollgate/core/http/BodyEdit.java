package io.tollgate.core.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change to a request's body; everything it does not name stays as it was, byte for byte. */
public sealed interface BodyEdit {
    /**
     * The bytes of {@code span} give way to {@code replacement}. Of several for the very same bytes the last counts.
     *
     * @param replacement never modified afterwards; empty to delete
     */
    record Splice(Span span, byte[] replacement) implements BodyEdit {}

    /**
     * A JSON object's member is set, or taken out. Commas are seen to when all changes of the object are known; of several
     * for one name the last counts.
     *
     * @param object whose member
     * @param json its value; null to take the member out
     */
    record MemberChange(
            Members object, String name, @Nullable String json) implements BodyEdit {
        /** Whether it changes this object. */
        boolean isOf(Members other) {
            return object.open() == other.open();
        }
    }

    /** Replaces a span by text. */
    static BodyEdit replace(Span span, String text) {
        return new Splice(span, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Inserts text at a position. */
    static BodyEdit insert(int position, String text) {
        return replace(Span.at(position), text);
    }

    /** Deletes a span. */
    static BodyEdit delete(Span span) {
        return new Splice(span, new byte[0]);
    }

    /** Bytes by which splices make a body shorter, below zero where longer; members' changes are not counted. */
    static long removedBytes(List<BodyEdit> edits) {
        long removed = 0;
        for (BodyEdit edit : edits) {
            removed += edit instanceof Splice splice ? splice.span().length() - splice.replacement().length : 0;
        }
        return removed;
    }
}
