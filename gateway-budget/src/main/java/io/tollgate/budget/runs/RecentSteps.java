package io.tollgate.budget.runs;

import java.util.Arrays;

/**
 * The last few steps of a run, by the fingerprints of their bodies, so that the same body is known again although other
 * calls of the run came between (an agent's helpers work at the same time). Guarded by its run's lock.
 */
final class RecentSteps {
    private static final int MOST = 8;

    /** A client cannot call more than so many repetitions of one body retries, whatever it says. */
    private static final int MOST_CLAIMED = 10;

    private final long[] bodies = new long[MOST];
    private final RunEnding[] endings = new RunEnding[MOST];
    private final int[] retryCounts = new int[MOST];
    private int next;

    RecentSteps() {
        Arrays.fill(endings, RunEnding.NOT_SENT);
    }

    /** Whether such a step was made lately; one that was sent nowhere was not made. */
    boolean contains(long body) {
        return find(body) >= 0;
    }

    /** Whether the request is a step once more, because that went wrong or because the client says so. */
    boolean isRetry(RunRequest request) {
        int at = find(request.body());
        if (at < 0) {
            return false;
        }
        boolean claimed = request.retryCount() > retryCounts[at] && request.retryCount() <= MOST_CLAIMED;
        return endings[at].isRetried() || claimed;
    }

    void begin(RunRequest request) {
        int at = find(request.body());
        if (at >= 0) {
            retryCounts[at] = Math.max(retryCounts[at], request.retryCount());
            endings[at] = RunEnding.UNDER_WAY;
            return;
        }
        bodies[next] = request.body();
        retryCounts[next] = request.retryCount();
        endings[next] = RunEnding.UNDER_WAY;
        next = (next + 1) % MOST;
    }

    void end(RunRequest request, RunEnding ending) {
        int at = find(request.body());
        if (at >= 0) {
            endings[at] = ending;
        }
    }

    private int find(long body) {
        for (int i = 0; i < MOST; i++) {
            if (bodies[i] == body && endings[i] != RunEnding.NOT_SENT) {
                return i;
            }
        }
        return -1;
    }
}
