package io.tollgate.core.sse;

import io.tollgate.core.text.ByteSearch;

/**
 * Cuts server-sent events (WHATWG HTML, section 9.2) at their blank lines. Lines end in LF, CR LF or CR. A blank line's
 * CR ends the event at once when the line before ended in a lone CR; otherwise one more byte is awaited, for its LF.
 */
public final class SseSplitter extends StreamSplitter {
    private enum State {
        LINE_START,
        IN_LINE,
        AFTER_CR,
        AFTER_BLANK_CR
    }

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    private State state = State.LINE_START;

    /** With the usual bound. */
    public SseSplitter(EventSink sink) {
        this(sink, DEFAULT_MAX_EVENT);
    }

    /** Events over {@code maxEvent} bytes are handed out as oversized pieces. */
    public SseSplitter(EventSink sink, int maxEvent) {
        super(sink, maxEvent);
    }

    @Override
    int cut(byte[] array, int from, int end) {
        State now = state;
        int at = from;
        while (at < end) {
            byte b = array[at];
            switch (now) {
                case IN_LINE -> {
                    at = ByteSearch.either(array, at, end, LF, CR);
                    if (at == end) {
                        state = now;
                        return -1;
                    }
                    b = array[at];
                    now = b == '\n' ? State.LINE_START : State.AFTER_CR;
                }
                case LINE_START -> {
                    if (b == '\n') {
                        state = State.LINE_START;
                        return at + 1;
                    }
                    now = b == '\r' ? State.AFTER_BLANK_CR : State.IN_LINE;
                }
                case AFTER_CR -> {
                    if (b == '\r') {
                        state = State.LINE_START;
                        return at + 1;
                    }
                    now = b == '\n' ? State.LINE_START : State.IN_LINE;
                }
                case AFTER_BLANK_CR -> {
                    state = State.LINE_START;
                    return b == '\n' ? at + 1 : at;
                }
            }
            at++;
        }
        state = now;
        return -1;
    }

    @Override
    boolean endsComplete() {
        return state == State.AFTER_BLANK_CR;
    }
}
