package io.tollgate.server.accesslog;

import io.tollgate.core.exchange.Exchange;
import io.tollgate.server.front.InboundRequest;
import io.tollgate.server.gateway.ExchangeObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes a line per request from a thread of its own. The event loops only queue; when the reader of the log is too
 * slow, lines are dropped and counted, for the log is a convenience and the ledger is the record.
 */
public final class AccessLog implements ExchangeObserver, AutoCloseable {
    private static final int CAPACITY = 16_384;
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final AccessFormat format;
    private final OutputStream out;
    private final ArrayBlockingQueue<AccessLine> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean closing;

    /** To {@code out}, which is not closed. */
    public AccessLog(AccessFormat format, OutputStream out) {
        this.format = format;
        this.out = out;
        this.thread = Thread.ofPlatform().name("access-log").daemon().start(this::writeUntilClosed);
    }

    @Override
    public void begun(Exchange exchange, InboundRequest request) {
        String remote = request.remote().getHostString();
        exchange.onFinish((finished, completion) -> {
            if (!queue.offer(AccessLine.of(finished, remote, completion))) {
                dropped.increment();
            }
        });
    }

    /** Lines waiting to be written. */
    public int queued() {
        return queue.size();
    }

    /** Lines that were given up because the log's reader is too slow. */
    public long dropped() {
        return dropped.sum();
    }

    private void writeUntilClosed() {
        List<AccessLine> lines = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            boolean last = closing;
            queue.drainTo(lines);
            if (!lines.isEmpty()) {
                write(lines, text);
                lines.clear();
            } else if (last) {
                return;
            } else {
                LockSupport.parkNanos(INTERVAL_NANOS); // woken by nobody: a wake-up per request would cost more
            }
        }
    }

    private void write(List<AccessLine> lines, StringBuilder text) {
        text.setLength(0);
        for (AccessLine line : lines) {
            format.write(line, text);
        }
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            dropped.add(lines.size()); // a closed pipe; the next lines are tried again
        }
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
