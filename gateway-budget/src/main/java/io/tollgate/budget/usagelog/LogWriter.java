package io.tollgate.budget.usagelog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The usage log's one writer: commits what is queued, then waits out the commit interval, so that rows of the same
 * interval share a commit. It wakes by itself while there is traffic; only the first row after a quiet second pays for
 * a wake-up. A store that fails is offered the same rows again until it takes them.
 */
final class LogWriter implements Runnable {
    /** The longest a row waits for its commit to begin, in a healthy store. */
    static final long COMMIT_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Rows in one commit: bounds the writer's memory and how long a commit takes. */
    static final int MAX_BATCH = 4096;
    /** How long {@link #close} waits for the rest to be written. */
    static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    private static final int QUIET_INTERVALS = 100;
    private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final Logger log = LoggerFactory.getLogger(LogWriter.class);

    private final Queue<UsageRow> queue;
    private final AtomicInteger used;
    private final RowStore store;
    private final List<UsageRow> batch = new ArrayList<>();
    private volatile WriterStatus status = WriterStatus.NEW;
    private volatile boolean asleep;
    private volatile boolean closing;
    private volatile @Nullable Thread thread;

    LogWriter(Queue<UsageRow> queue, AtomicInteger used, RowStore store) {
        this.queue = queue;
        this.used = used;
        this.store = store;
    }

    void start(Thread runner) {
        thread = runner;
        runner.start();
    }

    /** After a row was queued: wakes the writer if it went to sleep for want of rows. */
    void rowQueued() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    WriterStatus status() {
        return status;
    }

    @Override
    public void run() {
        long retryNanos = FIRST_RETRY_NANOS;
        int quiet = 0;
        while (true) {
            boolean lastRound = closing;
            fill();
            boolean full = batch.size() == MAX_BATCH;
            if (batch.isEmpty()) {
                if (lastRound) {
                    break;
                }
                quiet++;
                await(quiet);
            } else if (write()) {
                quiet = 0;
                retryNanos = FIRST_RETRY_NANOS;
                if (!full && !closing) {
                    LockSupport.parkNanos(this, COMMIT_INTERVAL_NANOS);
                }
            } else if (lastRound && retryNanos >= LAST_RETRY_NANOS) {
                break;
            } else {
                LockSupport.parkNanos(this, retryNanos);
                retryNanos = Math.min(retryNanos * 2, LAST_RETRY_NANOS);
            }
        }
        finish();
    }

    private void fill() {
        while (batch.size() < MAX_BATCH) {
            UsageRow row = queue.poll();
            if (row == null) {
                return;
            }
            batch.add(row);
        }
    }

    private void await(int quietIntervals) {
        if (quietIntervals < QUIET_INTERVALS) {
            LockSupport.parkNanos(this, COMMIT_INTERVAL_NANOS);
            return;
        }
        asleep = true;
        // A row queued before the flag was up did not see it; one queued after it wakes the writer.
        if (queue.isEmpty() && !closing) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private boolean write() {
        long began = System.nanoTime();
        try {
            store.write(batch);
        } catch (StoreException e) {
            failed(e);
            return false;
        } catch (RuntimeException e) {
            setAside(e);
            return true;
        }
        committed(batch.size(), began);
        batch.clear();
        return true;
    }

    private void committed(int rows, long began) {
        if (status.failure() != null) {
            log.info("the ledger takes rows again; {} are waiting", used.get());
        }
        status = status.committed(rows, System.nanoTime() - began);
        used.addAndGet(-rows);
    }

    private void failed(StoreException e) {
        if (status.failure() == null) {
            log.error("the ledger refuses rows; they are kept and offered again: {}", e.getMessage(), e);
        }
        status = status.failed(String.valueOf(e.getMessage()));
    }

    /** Something in one of the rows breaks the store's code: writes them one by one, and none but the culprit is lost. */
    private void setAside(RuntimeException cause) {
        List<UsageRow> rest = new ArrayList<>(batch);
        batch.clear();
        for (int i = 0; i < rest.size(); i++) {
            UsageRow row = rest.get(i);
            long began = System.nanoTime();
            try {
                store.write(List.of(row));
                committed(1, began);
            } catch (StoreException e) {
                failed(e);
                batch.addAll(rest.subList(i, rest.size()));
                return;
            } catch (RuntimeException e) {
                e.addSuppressed(cause);
                log.error("a usage row cannot be stored and is lost: {}", row, e);
                status = status.lost(1);
                used.decrementAndGet();
            }
        }
    }

    private void finish() {
        int left = batch.size() + queue.size();
        if (left > 0) {
            log.error("{} usage rows are lost: the ledger refused them until the end: {}", left, status.failure());
            status = status.lost(left);
        }
        try {
            store.close();
        } catch (RuntimeException e) {
            log.warn("the ledger could not be closed in order; its next start repairs it", e);
        }
    }

    /** Called from another thread. */
    void close(Thread runner) {
        closing = true;
        LockSupport.unpark(runner);
        try {
            if (!runner.join(CLOSE_LIMIT)) {
                log.error("the usage log is still writing after {}; {} rows are not stored", CLOSE_LIMIT, used.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
