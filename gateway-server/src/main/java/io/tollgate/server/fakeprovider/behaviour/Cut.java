package io.tollgate.server.fakeprovider.behaviour;

/**
 * Where an answer breaks off, and how. The first limit reached counts.
 *
 * @param kind what happens there
 * @param events events sent before it; {@link Integer#MAX_VALUE} for no such limit
 * @param bytes bytes of the body sent before it; {@link Long#MAX_VALUE} for no such limit
 * @param beforeHead whether it happens before a single byte is sent
 */
public record Cut(Kind kind, int events, long bytes, boolean beforeHead) {
    /** How it breaks off. */
    public enum Kind {
        /** The body ends as if it were whole. */
        END,
        /** The dialect's own error event, then the body ends as if it were whole. */
        ERROR_EVENT,
        /** The connection is closed (FIN) in the middle of the body. */
        CLOSE,
        /** The connection is reset (RST). */
        RESET,
        /** Nothing more is sent; the connection stays open until the peer leaves. */
        SILENCE
    }

    /** After so many events. */
    public static Cut afterEvents(Kind kind, int events) {
        return new Cut(kind, events, Long.MAX_VALUE, false);
    }

    /** After so many bytes of the body; 0 is right after the head. */
    public static Cut afterBytes(Kind kind, long bytes) {
        return new Cut(kind, Integer.MAX_VALUE, bytes, false);
    }

    /** Before the head. */
    public static Cut beforeHead(Kind kind) {
        return new Cut(kind, 0, 0, true);
    }
}
