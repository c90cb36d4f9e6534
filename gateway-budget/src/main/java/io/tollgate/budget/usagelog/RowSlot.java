package io.tollgate.budget.usagelog;

/**
 * Room in the usage log's queue for one admitted request, taken before it is admitted so that its row always fits. The
 * request's first row uses the room; rows of further attempts are taken without (their number is bounded by the
 * attempts a request can have). Confined to the request's event loop.
 */
public final class RowSlot {
    private final UsageLog log;
    private boolean spent;

    RowSlot(UsageLog log) {
        this.log = log;
    }

    /** Queues a row; never blocks, never refuses. */
    public void append(UsageRow row) {
        log.enqueue(row, spent);
        spent = true;
    }

    /** Gives the room back when the request needs no row after all; does nothing once a row was appended. */
    public void release() {
        if (!spent) {
            spent = true;
            log.giveBack();
        }
    }
}
