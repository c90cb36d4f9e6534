package io.tollgate.core.dialect;

import io.tollgate.core.usage.UsageReport;

/**
 * Follows a streamed answer on its way to the caller, to be able to end it early as the provider itself ends one: nothing
 * the caller's SDK would take for an error. One per answer, on the exchange's loop.
 */
public interface StreamEnding {
    /** What the caller is told of why there is no more. */
    enum Finish {
        /** The answer was cut, as by the cap on output tokens. */
        LENGTH,
        /** The answer had all that was wanted, as when a model stops by itself. */
        STOP
    }

    /** One event that reached the caller, whole, lent for the call. */
    void event(byte[] lent, int offset, int length);

    /**
     * What must still follow the events seen; empty when the answer had already ended.
     *
     * @param report what was used until the cut
     */
    byte[] end(UsageReport report, Finish finish);
}
