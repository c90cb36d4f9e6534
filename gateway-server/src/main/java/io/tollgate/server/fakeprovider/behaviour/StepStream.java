package io.tollgate.server.fakeprovider.behaviour;

import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One answer sent step by step by a test, so that it can prove what the client had received before the next event
 * left the provider. Nothing is sent unless told, not even the head. Any thread; waits at most ten seconds.
 */
public final class StepStream {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Begun(ReceivedRequest request, List<byte[]> events, LiveReply live) {}

    private final CompletableFuture<Begun> begun = new CompletableFuture<>();

    /** The connection has the request and waits for steps; {@code events} are the dialect's own. */
    public void begin(ReceivedRequest request, List<byte[]> events, LiveReply live) {
        begun.complete(new Begun(request, events, live));
    }

    /** The request, once it has arrived. */
    public ReceivedRequest request() {
        return awaitBegun().request();
    }

    /** The events the dialect would have sent. */
    public List<byte[]> events() {
        return awaitBegun().events();
    }

    /** Sends the head. */
    public void head() {
        await(awaitBegun().live().head());
    }

    /** Sends bytes; returns when they were handed to the socket. */
    public void send(byte[] part) {
        await(sendLater(part));
    }

    /** Sends text. */
    public void send(String part) {
        send(part.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes without waiting; done when they were handed to the socket, late when the client does not read. */
    public CompletableFuture<Void> sendLater(byte[] part) {
        return awaitBegun().live().send(part);
    }

    /** Ends the body as it should. */
    public void finish() {
        await(awaitBegun().live().finish());
    }

    /** Closes the connection. */
    public void close() {
        await(awaitBegun().live().close());
    }

    /** Resets the connection. */
    public void reset() {
        await(awaitBegun().live().reset());
    }

    private Begun awaitBegun() {
        return await(begun);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not done within " + PATIENCE, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
