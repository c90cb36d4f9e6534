package io.tollgate.core.sse;

import java.util.function.Function;

/**
 * Lets an {@link EventGate} decide which events of a stream reach the caller. What passes is written byte for byte, in
 * as few ranges as possible: a chunk that passes whole is written as that chunk. Holds back at most the incomplete event
 * (one over the splitter's bound is not judged and passes) and an array's comma. Not thread-safe.
 */
public final class EventFilter {
    private static final int MOST_HELD = 4096;
    private static final byte[] NOTHING = new byte[0];

    private final EventGate gate;
    private final ByteSink out;
    private final StreamSplitter splitter;
    private final Carry comma = new Carry();
    private byte[] chunk = NOTHING;
    private int pendingFrom;
    private int pendingTo;
    private boolean passedOne;
    private boolean droppedOne;
    private boolean ended;

    /** Filters a stream cut by the splitter made here, e.g. {@code SseSplitter::new}. */
    public EventFilter(EventGate gate, ByteSink out, Function<EventSink, StreamSplitter> splitter) {
        this.gate = gate;
        this.out = out;
        this.splitter = splitter.apply(new Judge());
    }

    /** The stream's next bytes; those that pass are written during the call. After an END nothing passes any more. */
    public void feed(byte[] lent, int offset, int length) {
        if (ended) {
            return;
        }
        chunk = lent;
        pendingFrom = offset;
        pendingTo = offset;
        splitter.feed(lent, offset, length);
        flush();
        chunk = NOTHING;
    }

    /** The stream is over: its tail is judged too. */
    public void finish() {
        if (!ended) {
            splitter.finish();
            passComma();
            flush();
        }
    }

    /** Whether the gate said END: everything up to that event has been written. */
    public boolean ended() {
        return ended;
    }

    private void pass(byte[] lent, int offset, int length) {
        if (!isChunk(lent)) {
            flush();
            out.write(lent, offset, length); // the splitter's own array: reused as soon as this call returns
        } else if (offset == pendingTo) {
            pendingTo += length;
        } else {
            flush();
            pendingFrom = offset;
            pendingTo = offset + length;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not equal bytes
    private boolean isChunk(byte[] lent) {
        return lent == chunk;
    }

    private void flush() {
        if (pendingTo > pendingFrom) {
            out.write(chunk, pendingFrom, pendingTo - pendingFrom);
        }
        pendingFrom = pendingTo;
    }

    private void passComma() {
        boolean leadsNowhere = droppedOne && !passedOne;
        if (comma.size() > 0 && !leadsNowhere) {
            pass(comma.array(), 0, comma.size());
        }
        comma.clear();
    }

    private final class Judge implements EventSink {
        @Override
        public void event(byte[] lent, int offset, int length) {
            if (ended) {
                return;
            }
            EventGate.Verdict verdict = gate.judge(lent, offset, length);
            if (verdict == EventGate.Verdict.DROP) {
                comma.clear();
                droppedOne = true;
                return;
            }
            passAfterComma(lent, offset, length);
            ended = verdict == EventGate.Verdict.END;
        }

        @Override
        public void oversized(byte[] lent, int offset, int length) {
            if (!ended) {
                passAfterComma(lent, offset, length);
            }
        }

        /** An array's comma waits for the element behind it: where that is dropped, the comma must go too. */
        @Override
        public void separator(byte[] lent, int offset, int length) {
            if (ended) {
                return;
            }
            int from = offset;
            int end = offset + length;
            if (comma.size() == 0) {
                while (from < end && lent[from] != ',') {
                    from++;
                }
                if (from > offset) {
                    pass(lent, offset, from - offset);
                }
            }
            if (end - from > MOST_HELD - comma.size()) {
                passComma();
                pass(lent, from, end - from);
            } else if (from < end) {
                comma.add(lent, from, end - from);
            }
        }

        private void passAfterComma(byte[] lent, int offset, int length) {
            passComma();
            passedOne = true;
            pass(lent, offset, length);
        }
    }
}
