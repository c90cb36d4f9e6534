package io.tollgate.core.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Follows a streamed JSON array of objects as its bytes pass, to know whether another element could stand next and what
 * must come before it. Follows nesting and strings, does not validate. Not thread-safe.
 */
public final class JsonArrayProgress {
    private enum State {
        BEFORE,
        OPENED,
        ELEMENT,
        STRING,
        ESCAPE,
        BETWEEN,
        COMMA,
        UNKNOWN
    }

    private State state = State.BEFORE;
    private int depth;

    /** The next bytes. */
    public void bytes(byte[] lent, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            state = after(lent[at]);
        }
    }

    private State after(byte b) {
        return switch (state) {
            case BEFORE -> b == '[' ? State.OPENED : isBlank(b) ? state : State.UNKNOWN;
            case OPENED, BETWEEN, COMMA -> between(b);
            case ELEMENT -> within(b);
            case STRING -> b == '\\' ? State.ESCAPE : b == '"' ? State.ELEMENT : State.STRING;
            case ESCAPE -> State.STRING;
            case UNKNOWN -> State.UNKNOWN;
        };
    }

    private State between(byte b) {
        if (isBlank(b)) {
            return state;
        }
        depth = 1;
        return b == '{' && state != State.BETWEEN
                ? State.ELEMENT
                : b == ',' && state == State.BETWEEN
                        ? State.COMMA
                        : State.UNKNOWN; // the array's end, or no array of objects
    }

    private State within(byte b) {
        if (b == '"') {
            return State.STRING;
        }
        if (b == '{' || b == '[') {
            depth++;
        } else if (b == '}' || b == ']') {
            depth--;
        }
        return depth == 0 ? State.BETWEEN : State.ELEMENT;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Whether another element could follow: none is unfinished, and the array has not ended. */
    public boolean takesAnother() {
        return switch (state) {
            case BEFORE, OPENED, BETWEEN, COMMA -> true;
            case ELEMENT, STRING, ESCAPE, UNKNOWN -> false;
        };
    }

    /** What makes {@code element} the array's last one, and ends it. */
    public byte[] last(byte[] element) {
        byte[] before = (state == State.BEFORE ? "[" : state == State.BETWEEN ? ",\r\n" : "").getBytes(UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + element.length + 1);
        System.arraycopy(element, 0, all, before.length, element.length);
        all[all.length - 1] = ']';
        return all;
    }
}
