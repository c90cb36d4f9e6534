package io.tollgate.cache.flight;

import io.tollgate.cache.key.CacheKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The upstream calls under way that others may join, by the key of their answer. Any thread. */
public final class Flights {
    private final ConcurrentHashMap<CacheKey, Flight> underWay = new ConcurrentHashMap<>();
    private final AtomicLong landings = new AtomicLong();

    /** None. */
    public Flights() {}

    /** The call under way for this answer, or null. */
    public @Nullable Flight find(CacheKey key) {
        return underWay.get(key);
    }

    /** Announces a call; answers the one that is under way already, or null when there was none. */
    public @Nullable Flight start(CacheKey key, Flight flight) {
        return underWay.putIfAbsent(key, flight);
    }

    /** The call is over, its answer kept if it is to be: nobody joins it any more, and all who did are told. */
    public void land(CacheKey key, Flight flight, Landing how) {
        landings.incrementAndGet();
        underWay.remove(key, flight);
        flight.land(how);
    }

    /** Goes up with every landing: who looked for an answer before one must look again before it pays for another. */
    public long landings() {
        return landings.get();
    }

    /** Calls under way. */
    public int size() {
        return underWay.size();
    }
}
