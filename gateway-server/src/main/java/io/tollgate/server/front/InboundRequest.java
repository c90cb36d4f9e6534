package io.tollgate.server.front;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.RequestHead;
import io.tollgate.server.loop.LoopState;
import java.net.InetSocketAddress;

/**
 * A request that has arrived whole and passed the protocol's checks.
 *
 * @param body decoded; its array is lent until the response ends
 * @param receivedNanos ticker reading of its last byte
 * @param remote who sent it
 * @param loop what its event loop owns
 */
public record InboundRequest(
        RequestHead head, RequestBody body, long receivedNanos, InetSocketAddress remote, LoopState loop) {}
