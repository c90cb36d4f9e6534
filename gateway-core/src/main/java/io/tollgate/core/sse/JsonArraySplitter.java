package io.tollgate.core.sse;

/**
 * Cuts a streamed JSON array into its elements; brackets, commas and white space around them are separators. A stream
 * that is no array (an error object) is one element. Follows nesting and strings, does not validate.
 */
public final class JsonArraySplitter extends StreamSplitter {
    private enum State {
        SEPARATOR,
        CONTAINER,
        STRING,
        ESCAPE,
        SCALAR
    }

    private State state = State.SEPARATOR;
    private boolean opened;
    private int depth;
    private boolean separatorCut;

    /** With the usual bound. */
    public JsonArraySplitter(EventSink sink) {
        this(sink, DEFAULT_MAX_EVENT);
    }

    /** Elements over {@code maxEvent} bytes are handed out as oversized pieces. */
    public JsonArraySplitter(EventSink sink, int maxEvent) {
        super(sink, maxEvent);
    }

    @Override
    int cut(byte[] array, int from, int end) {
        separatorCut = state == State.SEPARATOR;
        int at = from;
        while (at < end) {
            byte b = array[at];
            switch (state) {
                case SEPARATOR -> {
                    if (startsElement(b)) {
                        depth = 0;
                        state = b == '"' || b == '{' || b == '[' ? State.CONTAINER : State.SCALAR;
                        return at;
                    }
                    opened = opened || b == '[';
                }
                case STRING -> {
                    if (b == '\\') {
                        state = State.ESCAPE;
                    } else if (b == '"') {
                        state = State.CONTAINER;
                        if (depth == 0) {
                            state = State.SEPARATOR;
                            return at + 1;
                        }
                    }
                }
                case ESCAPE -> state = State.STRING;
                case CONTAINER -> {
                    if (b == '"') {
                        state = State.STRING;
                    } else if (b == '{' || b == '[') {
                        depth++;
                    } else if ((b == '}' || b == ']') && --depth <= 0) {
                        state = State.SEPARATOR;
                        return at + 1;
                    }
                }
                case SCALAR -> {
                    if (isSeparator(b)) {
                        state = State.SEPARATOR;
                        return at;
                    }
                }
            }
            at++;
        }
        return -1;
    }

    @Override
    boolean cutsSeparator() {
        return separatorCut;
    }

    @Override
    boolean endsComplete() {
        return state == State.SCALAR;
    }

    private boolean startsElement(byte b) {
        return b == '[' ? opened : !isSeparator(b);
    }

    private static boolean isSeparator(byte b) {
        return b == ',' || b == ']' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
