package io.tollgate.server.fakeprovider.behaviour;

import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which behaviour a request gets: the next in the queue, else the first rule that fits, else the default. Any thread. */
public final class RuleBook {
    private static final int MOST_QUEUED = 100_000;

    private static final class Entry {
        private final Predicate<ReceivedRequest> fits;
        private final Behaviour behaviour;
        private final int from;
        private final int to;
        private int seen;

        private Entry(Predicate<ReceivedRequest> fits, Behaviour behaviour, int from, int to) {
            this.fits = fits;
            this.behaviour = behaviour;
            this.from = from;
            this.to = to;
        }
    }

    private final ArrayDeque<Behaviour> queue = new ArrayDeque<>();
    private final List<Entry> entries = new ArrayList<>();
    private Behaviour otherwise;

    /** A book with a default. */
    public RuleBook(Behaviour otherwise) {
        this.otherwise = otherwise;
    }

    /** The behaviours of the next requests, whatever they are. */
    public synchronized void enqueue(Behaviour... next) {
        if (queue.size() + next.length > MOST_QUEUED) {
            throw new IllegalStateException("at most " + MOST_QUEUED + " behaviours can wait");
        }
        queue.addAll(List.of(next));
    }

    /** Every request that fits gets this, unless an older rule fits. */
    public void add(Predicate<ReceivedRequest> fits, Behaviour behaviour) {
        add(fits, behaviour, 1, Integer.MAX_VALUE);
    }

    /** Of the requests that fit, those from number {@code from} to number {@code to} (from 1, inclusive) get this. */
    public synchronized void add(Predicate<ReceivedRequest> fits, Behaviour behaviour, int from, int to) {
        entries.add(new Entry(fits, behaviour, from, to));
    }

    /** What all others get. */
    public synchronized void otherwise(Behaviour behaviour) {
        otherwise = behaviour;
    }

    /** Forgets all but the default. */
    public synchronized void clear() {
        queue.clear();
        entries.clear();
    }

    /** The behaviour of a request of which only the head is there; null unless it is one that does not wait. */
    public synchronized @Nullable Behaviour atHead(ReceivedRequest head) {
        Behaviour next = queue.peek();
        if (next != null) {
            return waitsNot(next) ? queue.poll() : null;
        }
        for (Entry entry : entries) {
            if (waitsNot(entry.behaviour) && takes(entry, head)) {
                return entry.behaviour;
            }
        }
        return null;
    }

    /** The behaviour of a whole request. */
    public synchronized Behaviour of(ReceivedRequest request) {
        Behaviour next = queue.poll();
        if (next != null) {
            return next;
        }
        for (Entry entry : entries) {
            if (!waitsNot(entry.behaviour) && takes(entry, request)) {
                return entry.behaviour;
            }
        }
        return otherwise;
    }

    private static boolean waitsNot(Behaviour behaviour) {
        return behaviour.manners().contains(Manner.BEFORE_BODY);
    }

    private static boolean takes(Entry entry, ReceivedRequest request) {
        if (!entry.fits.test(request)) {
            return false;
        }
        entry.seen++;
        return entry.seen >= entry.from && entry.seen <= entry.to;
    }
}
