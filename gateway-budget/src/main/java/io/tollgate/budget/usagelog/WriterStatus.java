package io.tollgate.budget.usagelog;

import org.jspecify.annotations.Nullable;

/**
 * What the usage log's writer has done so far, as of its latest commit.
 *
 * @param rows rows committed
 * @param commits commits made
 * @param lastCommitNanos how long the latest commit took, from the first row bound to the store's return
 * @param failures commits that failed and were tried again
 * @param lost rows that no store could take (malformed, or left over when the log was closed); 0 unless something is
 *     broken, and each one is in the log
 * @param failure why the store refuses rows at the moment, or null while it takes them
 */
public record WriterStatus(
        long rows,
        long commits,
        long lastCommitNanos,
        long failures,
        long lost,
        @Nullable String failure) {
    /** Nothing was done yet. */
    public static final WriterStatus NEW = new WriterStatus(0, 0, 0, 0, 0, null);

    WriterStatus committed(int more, long nanos) {
        return new WriterStatus(rows + more, commits + 1, nanos, failures, lost, null);
    }

    WriterStatus failed(String why) {
        return new WriterStatus(rows, commits, lastCommitNanos, failures + 1, lost, why);
    }

    WriterStatus lost(int more) {
        return new WriterStatus(rows, commits, lastCommitNanos, failures, lost + more, failure);
    }
}
