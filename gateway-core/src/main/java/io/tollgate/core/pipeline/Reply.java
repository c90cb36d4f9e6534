package io.tollgate.core.pipeline;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.provider.Route;
import org.jspecify.annotations.Nullable;

/** Where the answer comes from. */
public sealed interface Reply {
    /**
     * The relay forwards the request along this route and streams the answer back.
     *
     * @param recovery what to do when that fails; null where nothing is to be tried again
     */
    record FromUpstream(Route route, @Nullable Recovery recovery) implements Reply {}

    /**
     * An answer Tollgate holds itself. A stream passes the exchange's gate, as it did when it was new.
     *
     * @param headers the answer's own, without framing ones
     * @param body all of it; not modified afterwards
     * @param stream whether it is framed and played as a stream
     * @param paceNanos between two events of a stream; 0 plays all at once
     */
    record Stored(int status, HttpHeaders headers, byte[] body, boolean stream, long paceNanos) implements Reply {}

    /**
     * A stream that is just arriving for another call. It passes this exchange's own gate.
     *
     * @param headers the answer's own, without framing ones
     */
    record Shared(int status, HttpHeaders headers, AnswerFeed feed) implements Reply {}

    /** An error in the caller's dialect. */
    record Refused(Refusal refusal) implements Reply {}
}
