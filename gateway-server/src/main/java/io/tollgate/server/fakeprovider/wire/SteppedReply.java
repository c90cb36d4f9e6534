package io.tollgate.server.fakeprovider.wire;

import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.EventExecutor;
import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.behaviour.LiveReply;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.util.concurrent.CompletableFuture;

/** Sends an answer as a test tells it to. Its own methods on the connection's loop, those of the live reply on any thread. */
final class SteppedReply implements Reply, LiveReply {
    private final EventExecutor loop;
    private final ReplyOutput output;
    private final ReceivedRequest request;
    private final Answer answer;
    private final StepStream steps;
    private boolean headSent;

    SteppedReply(EventExecutor loop, ReplyOutput output, ReceivedRequest request, Answer answer, StepStream steps) {
        this.loop = loop;
        this.output = output;
        this.request = request;
        this.answer = answer;
        this.steps = steps;
    }

    @Override
    public void start() {
        steps.begin(request, answer.parts().toList(), this);
    }

    @Override
    public void writable() {}

    @Override
    public void peerClosed() {
        output.peerClosed();
    }

    @Override
    public CompletableFuture<Void> head() {
        return onLoop(this::writeHead);
    }

    @Override
    public CompletableFuture<Void> send(byte[] part) {
        return onLoop(() -> {
            writeHead();
            output.piece(part, 0, part.length);
            output.eventSent();
        });
    }

    @Override
    public CompletableFuture<Void> finish() {
        return ending(() -> {
            writeHead();
            output.finish();
        });
    }

    @Override
    public CompletableFuture<Void> close() {
        return ending(output::close);
    }

    @Override
    public CompletableFuture<Void> reset() {
        return ending(output::reset);
    }

    private void writeHead() {
        if (!headSent) {
            headSent = true;
            output.raw(output.head().closed());
        }
    }

    private CompletableFuture<Void> onLoop(Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            action.run();
            ChannelFuture unused = output.flushed().addListener(written -> {
                if (written.isSuccess()) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(written.cause());
                }
            });
        });
        return done;
    }

    private CompletableFuture<Void> ending(Runnable action) {
        loop.execute(action);
        return request.ending().thenAccept(end -> {});
    }
}
