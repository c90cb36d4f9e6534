package io.tollgate.server.front;

import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** What a listener does with requests. Shared by all loops; called on the caller's loop. */
public interface RequestHandler {
    /** A request that arrived whole. */
    void handle(InboundRequest request, ResponseChannel response);

    /** A request that broke the protocol or a limit before it was whole; {@code head} is null when it never had a readable head. */
    void reject(@Nullable RequestHead head, Refusal refusal, ResponseChannel response);
}
