package io.tollgate.core.exchange;

import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Metered;
import org.jspecify.annotations.Nullable;

/** One call to one provider: every attempt becomes one ledger row. Written by the relay, on the exchange's loop. */
public final class Attempt {
    private final int number;
    private final Target target;
    private final long startedNanos;
    private long sentNanos;
    private long firstByteNanos;
    private long endedNanos;
    private int status;
    private @Nullable End end;
    private @Nullable String reason;
    private @Nullable Metered metered;
    private @Nullable String wastedBy;
    private boolean uncapped;

    /** The {@code number}-th attempt (from 1), begun at a {@link io.tollgate.core.time.Ticker} reading. */
    public Attempt(int number, Target target, long startedNanos) {
        this.number = number;
        this.target = target;
        this.startedNanos = startedNanos;
    }

    /** The request was handed to the connection. */
    public void sent(long nanos) {
        sentNanos = nanos;
    }

    /** The response's head arrived. */
    public void answered(int answeredStatus, long nanos) {
        status = answeredStatus;
        firstByteNanos = nanos;
    }

    /** It is over; only the first call counts. */
    public void ended(End how, long nanos) {
        if (end == null) {
            end = how;
            endedNanos = nanos;
        }
    }

    /** Why it was made, where the route does not say. */
    public void because(String why) {
        reason = why;
    }

    /** It is asked once more what a cap of ours cut, without the cap. */
    public void withoutCap() {
        uncapped = true;
    }

    /** Whether it goes without the cap that was decided for the call. */
    public boolean isUncapped() {
        return uncapped;
    }

    /** Its answer was thrown away because of what this lever did. */
    public void wastedBy(String lever) {
        wastedBy = lever;
    }

    /** The lever that made its answer worthless; null where none did. */
    public @Nullable String wastedBy() {
        return wastedBy;
    }

    /** It costs this although the caller was not given its answer. */
    public void costs(Metered billed) {
        metered = billed;
    }

    /** Why it was made; null where the route says it. */
    public @Nullable String reason() {
        return reason;
    }

    /** What it cost where the caller was given no answer of it; null where that is nothing. */
    public @Nullable Metered metered() {
        return metered;
    }

    /** From 1. */
    public int number() {
        return number;
    }

    /** Where it went. */
    public Target target() {
        return target;
    }

    /** Ticker reading when the attempt began. */
    public long startedNanos() {
        return startedNanos;
    }

    /** Ticker reading when the request was handed to the connection; 0 when it never was. */
    public long sentNanos() {
        return sentNanos;
    }

    /** Ticker reading of the response's head; 0 when there was none. */
    public long firstByteNanos() {
        return firstByteNanos;
    }

    /** Ticker reading of the end; 0 while it runs. */
    public long endedNanos() {
        return endedNanos;
    }

    /** The provider's HTTP status; 0 when there was none. */
    public int status() {
        return status;
    }

    /** How it ended, or null while it runs. */
    public @Nullable End end() {
        return end;
    }
}
