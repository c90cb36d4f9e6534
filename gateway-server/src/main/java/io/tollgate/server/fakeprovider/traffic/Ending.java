package io.tollgate.server.fakeprovider.traffic;

/**
 * How an exchange ended, seen from the simulated provider.
 *
 * @param kind what happened
 * @param nanos when, by {@link System#nanoTime()}
 * @param events events sent whole (body slices where the answer is no stream)
 * @param bodyBytes bytes of the body handed to the socket, without framing
 */
public record Ending(Kind kind, long nanos, int events, long bodyBytes) {
    /** What happened. */
    public enum Kind {
        /** The answer was sent as meant. */
        SENT,
        /** The script cut it. */
        CUT,
        /** The peer closed or reset the connection first. */
        PEER_CLOSED
    }
}
