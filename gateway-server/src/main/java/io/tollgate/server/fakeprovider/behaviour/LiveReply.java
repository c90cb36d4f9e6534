package io.tollgate.server.fakeprovider.behaviour;

import java.util.concurrent.CompletableFuture;

/** An answer being sent by hand. Any thread; each future is done when the bytes were handed to the socket. */
public interface LiveReply {
    /** Sends the head, if it was not sent yet. */
    CompletableFuture<Void> head();

    /** Sends a part of the body, and the head before it if need be. */
    CompletableFuture<Void> send(byte[] part);

    /** Ends the body as it should. */
    CompletableFuture<Void> finish();

    /** Closes the connection (FIN). */
    CompletableFuture<Void> close();

    /** Resets the connection (RST). */
    CompletableFuture<Void> reset();
}
