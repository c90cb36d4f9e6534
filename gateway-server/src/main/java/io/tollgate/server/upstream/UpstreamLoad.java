package io.tollgate.server.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/** How many connections to providers there are, for the metrics. Thread-safe. */
public final class UpstreamLoad {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();

    void open(int more) {
        open.addAndGet(more);
    }

    void idle(int more) {
        idle.addAndGet(more);
    }

    /** Connections that stand. */
    public int open() {
        return open.get();
    }

    /** Those of them that wait for a call. */
    public int idle() {
        return idle.get();
    }
}
