package io.tollgate.server.fakeprovider.wire;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import org.jspecify.annotations.Nullable;

/** What a connection asks of the provider behind it. On the connection's loop. */
public interface Host {
    /** The number of a new request. */
    long nextRequest();

    /** The behaviour of a request of which only the head is there; null for one that waits for the body. */
    @Nullable
    Behaviour atHead(ReceivedRequest head);

    /** The behaviour of a whole request. */
    Behaviour of(ReceivedRequest request);

    /** The dialect's answer. */
    Answer answer(ReceivedRequest request, Behaviour behaviour);

    /** A request is to be recorded: whole, or as far as it came. */
    void received(ReceivedRequest request);

    /** Bytes of a body were handed to a socket. */
    void written(long bytes);

    /** The largest body taken. */
    int mostBodyBytes();
}
