package io.tollgate.core.pipeline;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One reader's view of an answer that is just arriving for somebody else, from its first byte on. Confined to its reader's loop. */
public interface AnswerFeed {
    /** How the answer stands for a reader that has read all there is. */
    enum State {
        /** More may come. */
        OPEN,
        /** It is whole. */
        COMPLETE,
        /** It broke off, or this reader fell too far behind. */
        BROKEN
    }

    /**
     * Bytes of the answer.
     *
     * @param array never written to where these bytes stand
     */
    record Piece(byte[] array, int offset, int length) {}

    /** The next bytes, at most a page of them; null when there are none at the moment. */
    @Nullable
    Piece next();

    /** What it means that there are none. */
    State state();

    /** Runs {@code task} once, on {@code loop}, as soon as there is more to read or the state has changed. */
    void whenMore(Executor loop, Runnable task);
}
