package io.tollgate.server.front;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How busy a listener is: the bounds that all its connections share, and the figures its metrics show. Thread-safe. */
public final class FrontLoad {
    private final FrontSettings settings;
    private final AtomicLong heldBytes = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger exchanges = new AtomicInteger();
    private final AtomicBoolean draining = new AtomicBoolean();

    /** With these bounds. */
    public FrontLoad(FrontSettings settings) {
        this.settings = settings;
    }

    FrontSettings settings() {
        return settings;
    }

    /** Takes {@code bytes} of the shared bound for request bodies; false when there is no room. */
    boolean hold(int bytes) {
        if (heldBytes.addAndGet(bytes) > settings.maxHeld()) {
            heldBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void letGo(int bytes) {
        heldBytes.addAndGet(-bytes);
    }

    boolean connected() {
        return connections.incrementAndGet() <= settings.maxConnections();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void began() {
        exchanges.incrementAndGet();
    }

    void ended() {
        exchanges.decrementAndGet();
    }

    /** From now on every response closes its connection. */
    public void drain() {
        draining.set(true);
    }

    /** Whether the listener is on its way out. */
    public boolean isDraining() {
        return draining.get();
    }

    /** Bytes of request bodies held now. */
    public long heldBytes() {
        return heldBytes.get();
    }

    /** Connections open now. */
    public int connections() {
        return connections.get();
    }

    /** Requests being answered now. */
    public int exchanges() {
        return exchanges.get();
    }
}
