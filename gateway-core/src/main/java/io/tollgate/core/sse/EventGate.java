package io.tollgate.core.sse;

/** Judges each event of a streamed answer before it reaches the caller. On the exchange's loop. */
@FunctionalInterface
public interface EventGate {
    /** What becomes of an event. */
    enum Verdict {
        /** It goes on, byte for byte. */
        PASS,
        /** It is left out. */
        DROP,
        /** It goes on, then the stream is ended gracefully in its dialect. */
        END
    }

    /**
     * Judges one whole event, its blank line included; the bytes are lent for the call.
     *
     * @return never null
     */
    Verdict judge(byte[] lent, int offset, int length);

    /** This gate first; {@code next} judges only what passed. */
    default EventGate then(EventGate next) {
        return (lent, offset, length) -> {
            Verdict verdict = judge(lent, offset, length);
            return verdict == Verdict.PASS ? next.judge(lent, offset, length) : verdict;
        };
    }
}
