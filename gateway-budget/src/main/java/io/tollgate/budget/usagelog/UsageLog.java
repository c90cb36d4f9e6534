package io.tollgate.budget.usagelog;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The usage log as the event loops see it: reserve room when a request is admitted, append its rows when it is over.
 * Both cost a few atomic operations, never a lock or a system call under load. One writer thread commits what is
 * queued in groups, at the latest {@link LogWriter#COMMIT_INTERVAL_NANOS} after a row arrived.
 *
 * <p>The queue's bound is kept at admission, not at the end: {@link #tryReserve} counts requests in flight and rows
 * waiting together, and refuses when the store falls behind. An admitted request can therefore always leave its row,
 * and nothing is ever dropped to make room. Safe for use by any thread.
 */
public final class UsageLog implements AutoCloseable {
    /** Rows and open requests the log has room for unless told otherwise; a row takes about 1 KiB of heap. */
    public static final int DEFAULT_CAPACITY = 32_768;

    private final Queue<UsageRow> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger used = new AtomicInteger();
    private final LongAdder rejected = new LongAdder();
    private volatile Consumer<UsageRow> along = row -> {};
    private final int capacity;
    private final LogWriter writer;
    private final Thread thread;

    /** A log that writes to {@code store} and closes it in the end; its writer starts at once. */
    public UsageLog(RowStore store, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + ": expected at least 1");
        }
        this.capacity = capacity;
        this.writer = new LogWriter(queue, used, store);
        this.thread = Thread.ofPlatform().name("usage-log").daemon().unstarted(writer);
        writer.start(thread);
    }

    /** Room for one request, or null when there is none: then the request must not be admitted. */
    public @Nullable RowSlot tryReserve() {
        // Looked at before it is moved, so that a crowd of refused requests does not push the counter about.
        if (used.get() >= capacity) {
            rejected.increment();
            return null;
        }
        if (used.incrementAndGet() > capacity) {
            used.decrementAndGet();
            rejected.increment();
            return null;
        }
        return new RowSlot(this);
    }

    void enqueue(UsageRow row, boolean withoutRoom) {
        if (withoutRoom) {
            used.incrementAndGet();
        }
        queue.add(row);
        writer.rowQueued();
        along.accept(row);
    }

    /** Lets somebody see each row as it is queued, on the event loop it comes from: must not block or throw. */
    public void readAlong(Consumer<UsageRow> reader) {
        along = reader;
    }

    void giveBack() {
        used.decrementAndGet();
    }

    /** Rows waiting and requests in flight that will leave one. */
    public int used() {
        return used.get();
    }

    /** What {@link #used} is held below at admission. */
    public int capacity() {
        return capacity;
    }

    /** Requests that were refused because the log had no room. */
    public long rejected() {
        return rejected.sum();
    }

    /** The writer's figures and health. */
    public WriterStatus status() {
        return writer.status();
    }

    /** Whether the store took the latest rows it was offered. */
    public boolean healthy() {
        return writer.status().failure() == null;
    }

    /** Writes what is queued and closes the store; blocks for at most {@link LogWriter#CLOSE_LIMIT}. */
    @Override
    public void close() {
        writer.close(thread);
    }
}
