package io.tollgate.server.relay;

import io.tollgate.core.pipeline.AnswerFeed;
import io.tollgate.core.sse.EventSink;
import io.tollgate.core.sse.JsonArraySplitter;
import io.tollgate.core.sse.SseSplitter;
import io.tollgate.core.sse.StreamSplitter;
import io.tollgate.server.loop.LoopState;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An answer that is held whole, in slices, or event by event at a pace. Confined to its reader's loop. */
final class StoredFeed implements AnswerFeed {
    private static final int SLICE = 32 * 1024;

    private final byte[] body;
    private final int[] ends;
    private final long paceNanos;
    private final LoopState loop;
    private int position;
    private int played;
    private boolean due = true;

    private StoredFeed(byte[] body, int[] ends, long paceNanos, LoopState loop) {
        this.body = body;
        this.ends = ends;
        this.paceNanos = paceNanos;
        this.loop = loop;
    }

    /** As fast as it is read. */
    static StoredFeed atOnce(byte[] body, LoopState loop) {
        return new StoredFeed(body, new int[0], 0, loop);
    }

    /** One event after the other, at this pace. */
    static StoredFeed paced(byte[] body, boolean events, long paceNanos, LoopState loop) {
        return new StoredFeed(body, eventEnds(body, events), paceNanos, loop);
    }

    private static int[] eventEnds(byte[] body, boolean events) {
        Marks marks = new Marks();
        StreamSplitter splitter = events ? new SseSplitter(marks) : new JsonArraySplitter(marks);
        splitter.feed(body, 0, body.length);
        splitter.finish();
        return Arrays.copyOf(marks.ends, marks.count);
    }

    private static final class Marks implements EventSink {
        private int[] ends = new int[64];
        private int count;
        private int at;

        @Override
        public void event(byte[] lent, int offset, int length) {
            at += length;
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, count * 2);
            }
            ends[count++] = at;
        }

        @Override
        public void separator(byte[] lent, int offset, int length) {
            at += length;
        }

        @Override
        public void oversized(byte[] lent, int offset, int length) {
            at += length;
        }
    }

    @Override
    public @Nullable Piece next() {
        if (position == body.length || !due) {
            return null;
        }
        int until = Math.min(body.length, position + SLICE);
        if (paceNanos > 0) {
            until = played < ends.length ? ends[played++] : body.length;
            due = until == body.length;
        }
        Piece piece = new Piece(body, position, until - position);
        position = until;
        return piece;
    }

    @Override
    public State state() {
        return position == body.length ? State.COMPLETE : State.OPEN;
    }

    @Override
    public void whenMore(Executor readersLoop, Runnable task) {
        var unused = loop.loop()
                .schedule(
                        () -> {
                            due = true;
                            task.run();
                        },
                        paceNanos,
                        TimeUnit.NANOSECONDS);
    }
}
