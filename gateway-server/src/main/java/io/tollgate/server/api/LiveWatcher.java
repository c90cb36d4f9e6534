package io.tollgate.server.api;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.server.front.ResponseChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One who watches requests end. Events are offered by the feed's thread and sent by the connection's loop. */
final class LiveWatcher implements ResponseChannel.Listener {
    static final String CONTENT_TYPE = "text/event-stream";

    private static final int MAX_WAITING = 256;

    private final ResponseChannel response;
    private final Executor loop;
    private final Consumer<LiveWatcher> left;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong missed = new AtomicLong();
    /** Confined to the loop. */
    private final Queue<byte[]> events = new ArrayDeque<>();

    private boolean over;

    LiveWatcher(ResponseChannel response, Executor loop, Consumer<LiveWatcher> left) {
        this.response = response;
        this.loop = loop;
        this.left = left;
    }

    /** On the loop. */
    void begin() {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, CONTENT_TYPE);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("x-accel-buffering", "no");
        response.listen(this);
        response.head(200, headers, -1);
        write(": requests as they end\n\n".getBytes(StandardCharsets.UTF_8));
        response.flush();
    }

    /** From any thread; false when there is no room for the event. */
    boolean offer(byte[] event) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            miss();
            return false;
        }
        try {
            loop.execute(() -> {
                events.add(event);
                drain();
            });
        } catch (RejectedExecutionException e) {
            left.accept(this); // the gateway stops
        }
        return true;
    }

    void miss() {
        missed.incrementAndGet();
    }

    private void drain() {
        if (over) {
            return;
        }
        while (!events.isEmpty() && response.isWritable()) {
            write(events.remove());
            waiting.decrementAndGet();
        }
        if (events.isEmpty() && missed.get() > 0) {
            write(("event: missed\ndata: {\"events\":" + missed.getAndSet(0) + "}\n\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        response.flush();
    }

    private void write(byte[] bytes) {
        response.body(Unpooled.wrappedBuffer(bytes));
    }

    /** From any thread. */
    void end() {
        loop.execute(() -> {
            if (!over) {
                over = true;
                response.end();
            }
        });
    }

    @Override
    public void writable() {
        drain();
    }

    @Override
    public void gone() {
        over = true;
        events.clear();
        left.accept(this);
    }
}
