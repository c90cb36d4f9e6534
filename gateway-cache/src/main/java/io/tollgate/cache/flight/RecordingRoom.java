package io.tollgate.cache.flight;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all answers under way may take for being recorded. Any thread. */
public final class RecordingRoom {
    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    /** So many bytes. */
    public RecordingRoom(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean take(int bytes) {
        if (used.addAndGet(bytes) <= maxBytes) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Bytes in use. */
    public long used() {
        return used.get();
    }
}
