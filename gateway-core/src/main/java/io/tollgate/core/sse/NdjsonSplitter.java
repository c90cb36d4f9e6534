package io.tollgate.core.sse;

/** Cuts newline-delimited JSON at its line feeds; every line, blank ones too, is an event. */
public final class NdjsonSplitter extends StreamSplitter {
    /** With the usual bound. */
    public NdjsonSplitter(EventSink sink) {
        this(sink, DEFAULT_MAX_EVENT);
    }

    /** Lines over {@code maxEvent} bytes are handed out as oversized pieces. */
    public NdjsonSplitter(EventSink sink, int maxEvent) {
        super(sink, maxEvent);
    }

    @Override
    int cut(byte[] array, int from, int end) {
        for (int at = from; at < end; at++) {
            if (array[at] == '\n') {
                return at + 1;
            }
        }
        return -1;
    }
}
