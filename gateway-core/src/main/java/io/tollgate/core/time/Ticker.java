package io.tollgate.core.time;

/** Monotonic nanoseconds, as {@link System#nanoTime()}: for durations only, never for the time of day. */
@FunctionalInterface
public interface Ticker {
    /** The machine's own. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds since an arbitrary origin; differences are meaningful, values are not. */
    long nanos();
}
