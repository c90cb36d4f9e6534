package io.tollgate.core.sse;

/**
 * Takes what a {@link StreamSplitter} cut out of a stream. All bytes of all calls, in order, are the stream; arrays are
 * lent for the call.
 */
@FunctionalInterface
public interface EventSink {
    /** One whole event with its end (an SSE event's blank line, an NDJSON line's line feed); blank ones included. */
    void event(byte[] lent, int offset, int length);

    /** What the stream ended in without an end of its own; an event for all who are not strict. */
    default void tail(byte[] lent, int offset, int length) {
        event(lent, offset, length);
    }

    /** Bytes between elements: brackets, commas and white space of a JSON array. */
    default void separator(byte[] lent, int offset, int length) {}

    /** A piece of an event longer than the splitter's bound. */
    default void oversized(byte[] lent, int offset, int length) {}
}
