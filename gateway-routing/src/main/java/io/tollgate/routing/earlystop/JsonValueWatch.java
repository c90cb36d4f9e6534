package io.tollgate.routing.earlystop;

/**
 * Waits for the end of one JSON object or array, also where it stands in a Markdown fence. An answer that begins with
 * anything else is left alone. Keeps nothing of the text.
 */
final class JsonValueWatch implements TextWatch {
    private static final int FENCE = 3;

    private enum State {
        /** Nothing but white space yet. */
        BEFORE,
        /** In the line that opens a fence. */
        FENCE_LINE,
        VALUE,
        STRING,
        ESCAPE,
        /** The value is whole; the fence it stands in is not. */
        FENCE_END,
        /** No JSON value. */
        OTHER
    }

    private State state = State.BEFORE;
    private boolean fenced;
    private int ticks;
    private int depth;

    @Override
    public boolean isOver(byte[] lent, int offset, int length) {
        for (int i = offset; i < offset + length && state != State.OTHER; i++) {
            if (next(lent[i])) {
                return true;
            }
        }
        return false;
    }

    private boolean next(byte b) {
        switch (state) {
            case BEFORE -> before(b);
            case FENCE_LINE -> fenceLine(b);
            case VALUE -> {
                return value(b);
            }
            case STRING -> state = b == '"' ? State.VALUE : b == '\\' ? State.ESCAPE : State.STRING;
            case ESCAPE -> state = State.STRING;
            case FENCE_END -> {
                ticks = b == '`' ? ticks + 1 : 0;
                return ticks == FENCE;
            }
            case OTHER -> {}
        }
        return false;
    }

    private void before(byte b) {
        switch (b) {
            case ' ', '\n', '\r', '\t' -> {
                if (ticks > 0) {
                    state = State.OTHER;
                }
            }
            case '{', '[' -> {
                state = ticks > 0 ? State.OTHER : State.VALUE;
                depth = 1;
            }
            case '`' -> {
                ticks++;
                if (fenced) {
                    state = State.OTHER;
                } else if (ticks == FENCE) {
                    state = State.FENCE_LINE;
                }
            }
            default -> state = State.OTHER;
        }
    }

    /** {@code ```json}, up to the end of its line. */
    private void fenceLine(byte b) {
        if (b == '\n') {
            fenced = true;
            ticks = 0;
            state = State.BEFORE;
        } else if (!((b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '\r'
                || b == ' ')) {
            state = State.OTHER;
        }
    }

    private boolean value(byte b) {
        switch (b) {
            case '"' -> state = State.STRING;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                if (--depth == 0) {
                    ticks = 0;
                    state = State.FENCE_END;
                    return !fenced;
                }
            }
            default -> {}
        }
        return false;
    }
}
