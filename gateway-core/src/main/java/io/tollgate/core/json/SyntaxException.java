package io.tollgate.core.json;

import org.jspecify.annotations.Nullable;

/** Bytes are not JSON from one of them on. Without a stack: its place in the input is what matters. */
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int at;

    private SyntaxException(int at, @Nullable String expected) {
        super(expected, null, false, false);
        this.at = at;
    }

    /** Something else should have stood at this index of the array that was read. */
    static SyntaxException at(int at, String expected) {
        return new SyntaxException(at, expected);
    }

    /** The input ends inside a value. */
    static SyntaxException unfinished() {
        return new SyntaxException(-1, null);
    }

    /** For the caller, with places counted from {@code from} in an input that ends before {@code to}. */
    String message(int from, int to) {
        return at < 0
                ? "the body is not valid JSON: it ends at byte " + (to - from) + " inside an unfinished value"
                : "the body is not valid JSON: syntax error at byte " + (at - from) + "; expected " + getMessage();
    }
}
