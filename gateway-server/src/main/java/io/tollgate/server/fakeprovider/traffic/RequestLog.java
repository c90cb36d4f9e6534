package io.tollgate.server.fakeprovider.traffic;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The requests received, newest last, bounded in number and bytes: the oldest are forgotten first. Any thread. */
public final class RequestLog {
    private final int mostRequests;
    private final long mostBytes;
    private final ArrayDeque<ReceivedRequest> kept = new ArrayDeque<>();
    private long bytes;
    private long total;

    /** An empty log that keeps so many requests, with bodies of so many bytes in all. */
    public RequestLog(int mostRequests, long mostBytes) {
        this.mostRequests = mostRequests;
        this.mostBytes = mostBytes;
    }

    /** Adds a request. */
    public synchronized void add(ReceivedRequest request) {
        total++;
        if (mostRequests > 0) {
            kept.addLast(request);
            bytes += request.body().length;
            while (kept.size() > mostRequests || (bytes > mostBytes && kept.size() > 1)) {
                bytes -= kept.removeFirst().body().length;
            }
        }
        notifyAll();
    }

    /** How many came in all, the forgotten ones included. */
    public synchronized long total() {
        return total;
    }

    /** Those still kept, oldest first. */
    public synchronized List<ReceivedRequest> all() {
        return new ArrayList<>(kept);
    }

    /** The newest.
     *
     * @throws AssertionError when none came */
    public synchronized ReceivedRequest last() {
        ReceivedRequest last = kept.peekLast();
        if (last == null) {
            throw new AssertionError("no request was received");
        }
        return last;
    }

    /** Forgets the kept requests and begins to count anew. */
    public synchronized void clear() {
        kept.clear();
        bytes = 0;
        total = 0;
    }

    /**
     * Waits until so many requests came in all, and returns the newest.
     *
     * @throws AssertionError when they have not come in this time
     */
    public ReceivedRequest awaitTotal(long count, Duration atMost) {
        return await(() -> total < count ? null : last(), count + " requests", atMost);
    }

    /**
     * Waits for a request like this, and returns the oldest one kept.
     *
     * @throws AssertionError when none has come in this time
     */
    public ReceivedRequest await(Predicate<ReceivedRequest> like, Duration atMost) {
        return await(() -> find(like), "such a request", atMost);
    }

    private synchronized ReceivedRequest await(
            Supplier<@Nullable ReceivedRequest> look, String expected, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        ReceivedRequest found = look.get();
        while (found == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(expected + " expected within " + atMost + ", received " + total
                        + ", the newest of them " + kept);
            }
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            found = look.get();
        }
        return found;
    }

    private @Nullable ReceivedRequest find(Predicate<ReceivedRequest> like) {
        for (ReceivedRequest request : kept) {
            if (like.test(request)) {
                return request;
            }
        }
        return null;
    }
}
