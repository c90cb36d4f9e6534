package io.tollgate.core.pipeline;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.provider.Route;

/** Where the answer comes from. */
public sealed interface Reply {
    /** The relay forwards the request along this route and streams the answer back. */
    record FromUpstream(Route route) implements Reply {}

    /**
     * An answer Tollgate holds itself.
     *
     * @param status HTTP status
     * @param headers the answer's own headers, without framing ones
     * @param body all of it; not modified afterwards
     */
    record Stored(int status, HttpHeaders headers, byte[] body) implements Reply {}

    /** An error in the caller's dialect. */
    record Refused(Refusal refusal) implements Reply {}
}
