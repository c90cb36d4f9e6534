package io.tollgate.routing.promptcache;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often prefixes of prompts come again within the provider cache's lifetime, by prefix and, for those not seen yet, by
 * group. Starts from the belief that they do not, so that nothing is paid before it is known to come back. Bounded: the
 * latest {@value #MOST_PREFIXES} prefixes and {@value #MOST_GROUPS} groups. Any thread; outlives reloads.
 */
public final class PrefixMemory {
    static final int MOST_PREFIXES = 100_000;
    static final int MOST_GROUPS = 4_096;
    /** Five minutes, less what a request may take to get there. */
    static final long LIFETIME_NANOS = 290_000_000_000L;

    private static final double DOUBT = 4;
    private static final double DOUBTED = 0.1;
    private static final double FORGETTING = 0.995;

    private final long lifetime;
    private final Map<Long, Known> prefixes = eldestLeave(MOST_PREFIXES);
    private final Map<Long, Odds> groups = eldestLeave(MOST_GROUPS);
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();

    /** With the lifetime of Anthropic's short-lived cache. */
    public PrefixMemory() {
        this(LIFETIME_NANOS);
    }

    PrefixMemory(long lifetimeNanos) {
        lifetime = lifetimeNanos;
    }

    private record Pending(long prefix, long nanos) {}

    private static final class Odds {
        private double again;
        private double of;

        void record(boolean cameAgain) {
            again = again * FORGETTING + (cameAgain ? 1 : 0);
            of = of * FORGETTING + 1;
        }

        double chance(double otherwise) {
            return (again + DOUBT * otherwise) / (of + DOUBT);
        }
    }

    private static final class Known {
        private final long group;
        private final Odds odds = new Odds();
        private long latest;
        private boolean settled;
        private boolean marked;

        Known(long group) {
            this.group = group;
        }
    }

    private static <V> Map<Long, V> eldestLeave(int most) {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * A prefix comes by.
     *
     * @return the chance that it comes again in time; 1 where it was marked and still lives, for reading it costs little
     */
    synchronized double seen(long prefix, long group, long nanos) {
        settle(nanos);
        @Nullable Known known = prefixes.get(prefix);
        boolean alive = false;
        if (known == null) {
            known = new Known(group);
            prefixes.put(prefix, known);
        } else {
            alive = nanos - known.latest <= lifetime;
            if (!known.settled) {
                known.settled = true;
                record(known, alive);
            }
        }
        boolean readable = alive && known.marked;
        known.latest = nanos;
        known.settled = false;
        known.marked = readable;
        if (pending.size() >= MOST_PREFIXES) {
            pending.poll();
        }
        pending.add(new Pending(prefix, nanos));
        Odds ofGroup = groups.get(group);
        return readable ? 1 : known.odds.chance(ofGroup == null ? DOUBTED : ofGroup.chance(DOUBTED));
    }

    /** It was marked. */
    synchronized void marked(long prefix) {
        Known known = prefixes.get(prefix);
        if (known != null) {
            known.marked = true;
        }
    }

    /** Those whose time has run out did not come again. */
    private void settle(long nanos) {
        for (Pending next = pending.peek(); next != null && nanos - next.nanos() > lifetime; next = pending.peek()) {
            pending.poll();
            Known known = prefixes.get(next.prefix());
            if (known != null && !known.settled && known.latest == next.nanos()) {
                known.settled = true;
                record(known, false);
            }
        }
    }

    private void record(Known known, boolean cameAgain) {
        known.odds.record(cameAgain);
        groups.computeIfAbsent(known.group, unknown -> new Odds()).record(cameAgain);
    }

    /** Prefixes remembered. */
    public synchronized int size() {
        return prefixes.size();
    }
}
