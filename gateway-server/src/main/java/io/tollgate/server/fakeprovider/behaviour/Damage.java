package io.tollgate.server.fakeprovider.behaviour;

import org.jspecify.annotations.Nullable;

/**
 * How an answer's bytes are cut up or wrong on the wire.
 *
 * @param cut where it breaks off, or null
 * @param splitBytes the body is sent in HTTP chunks and writes of at most so many bytes; 0 for whole events
 * @param commentEvery an SSE comment before every so many events; 0 for none
 * @param contentLength the length declared, true or not; -1 for the right framing
 * @param garbage bytes sent instead of HTTP, or null
 */
public record Damage(
        @Nullable Cut cut, int splitBytes, int commentEvery, long contentLength, byte @Nullable [] garbage) {
    /** None. */
    public static final Damage NONE = new Damage(null, 0, 0, -1, null);

    Damage withCut(Cut other) {
        return new Damage(other, splitBytes, commentEvery, contentLength, garbage);
    }

    Damage withSplitBytes(int bytes) {
        return new Damage(cut, bytes, commentEvery, contentLength, garbage);
    }

    Damage withCommentEvery(int events) {
        return new Damage(cut, splitBytes, events, contentLength, garbage);
    }

    Damage withContentLength(long declared) {
        return new Damage(cut, splitBytes, commentEvery, declared, garbage);
    }

    Damage withGarbage(byte[] bytes) {
        return new Damage(cut, splitBytes, commentEvery, contentLength, bytes);
    }
}
