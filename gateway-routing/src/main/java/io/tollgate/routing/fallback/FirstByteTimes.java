package io.tollgate.routing.fallback;

import io.tollgate.core.learn.DecayingHistogram;
import io.tollgate.core.provider.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long targets take until their first byte, apart for streams and plain answers, of which the first byte is nearly the
 * last. Of {@value #MOST} kinds of call at most, 1.2 KB each. Any thread: a lock is held for under a microsecond.
 */
final class FirstByteTimes {
    static final int MOST = 1_000;

    private record Kind(String target, boolean stream) {}

    private final Map<Kind, DecayingHistogram> micros = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    void record(Target target, boolean stream, long nanos) {
        Kind kind = new Kind(target.name(), stream);
        DecayingHistogram times = micros.get(kind);
        if (times == null && size.get() < MOST) {
            times = micros.computeIfAbsent(kind, fresh -> {
                size.incrementAndGet();
                return new DecayingHistogram();
            });
        }
        if (times != null) {
            synchronized (times) {
                times.record(TimeUnit.NANOSECONDS.toMicros(nanos));
            }
        }
    }

    /** Nanoseconds this share of the calls does not exceed; -1 where fewer than {@code enough} were seen. */
    long quantile(Target target, boolean stream, double share, int enough) {
        DecayingHistogram times = micros.get(new Kind(target.name(), stream));
        if (times == null) {
            return -1;
        }
        synchronized (times) {
            return times.samples() < enough ? -1 : TimeUnit.MICROSECONDS.toNanos(times.quantile(share));
        }
    }

    int kinds() {
        return size.get();
    }
}
