package io.tollgate.server.admin;

import io.tollgate.server.front.InboundRequest;
import io.tollgate.server.front.ResponseChannel;

/** An answer without an end that is known in advance. Everything happens on the caller's event loop: must not block. */
@FunctionalInterface
public interface AdminStream {
    /** Begins the answer, or throws {@link AdminProblem} before anything was sent. */
    void open(InboundRequest request, ResponseChannel response);
}
