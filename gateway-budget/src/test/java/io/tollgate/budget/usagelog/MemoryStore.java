package io.tollgate.budget.usagelog;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store in memory that can be made slow, broken, or picky. */
final class MemoryStore implements RowStore {
    final List<UsageRow> rows = new CopyOnWriteArrayList<>();
    final Semaphore mayWrite = new Semaphore(Integer.MAX_VALUE);
    volatile @Nullable String broken;
    volatile @Nullable String poison;
    volatile boolean closed;
    final AtomicInteger writes = new AtomicInteger();

    @Override
    public void write(List<UsageRow> batch) {
        mayWrite.acquireUninterruptibly();
        if (broken != null) {
            throw new StoreException(broken);
        }
        if (batch.stream().anyMatch(row -> row.requestId().equals(poison))) {
            throw new IllegalStateException("cannot digest " + poison);
        }
        rows.addAll(batch);
        writes.incrementAndGet();
    }

    @Override
    public void close() {
        closed = true;
    }
}
