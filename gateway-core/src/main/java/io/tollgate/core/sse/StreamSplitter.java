package io.tollgate.core.sse;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into events. Events that lie within one chunk are handed out where they stand; only an incomplete
 * one is copied, up to a bound. What is cut does not depend on how the stream was chunked. Not thread-safe; the sink
 * must not feed the splitter it hears from.
 */
public abstract sealed class StreamSplitter permits SseSplitter, NdjsonSplitter, JsonArraySplitter {
    /** The bound of one event unless told otherwise, in bytes. */
    public static final int DEFAULT_MAX_EVENT = 16 * 1024 * 1024;

    private static final int MOST_POSSIBLE = 1 << 30;

    private final EventSink sink;
    private final int maxEvent;
    private final Carry carry = new Carry();
    private boolean oversized;

    StreamSplitter(EventSink sink, int maxEvent) {
        if (maxEvent < 1 || maxEvent > MOST_POSSIBLE) {
            throw new IllegalArgumentException("maxEvent " + maxEvent + ", expected 1.." + MOST_POSSIBLE);
        }
        this.sink = sink;
        this.maxEvent = maxEvent;
    }

    /** The splitter for a streamed answer of this content type, or null where the type is not one of a stream of events. */
    public static @Nullable StreamSplitter forContentType(@Nullable String contentType, EventSink sink) {
        if (contentType == null) {
            return null;
        }
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "text/event-stream" -> new SseSplitter(sink);
            case "application/x-ndjson", "application/jsonl", "application/ndjson" -> new NdjsonSplitter(sink);
            case "application/json" -> new JsonArraySplitter(sink);
            default -> null;
        };
    }

    /** The stream's next bytes; every event that ends in them is handed out during the call. */
    public final void feed(byte[] lent, int offset, int length) {
        int end = offset + length;
        int from = offset;
        int cut;
        while ((cut = cut(lent, from, end)) >= 0) {
            handOut(lent, from, cut - from);
            from = cut;
        }
        if (from < end) {
            keep(lent, from, end - from);
        }
    }

    /** The stream is over: what is left is its tail. */
    public final void finish() {
        if (carry.size() > 0) {
            if (endsComplete()) {
                sink.event(carry.array(), 0, carry.size());
            } else {
                sink.tail(carry.array(), 0, carry.size());
            }
            carry.clear();
        }
        oversized = false;
    }

    /**
     * Reads on in the current piece.
     *
     * @return one past the piece's end, which may be {@code from}; -1 when it does not end before {@code end}
     */
    abstract int cut(byte[] array, int from, int end);

    /** Whether the piece just cut, or the one being read, is a separator. */
    boolean cutsSeparator() {
        return false;
    }

    /** Whether the piece being read is a whole event should the stream end here. */
    boolean endsComplete() {
        return false;
    }

    private void handOut(byte[] lent, int offset, int length) {
        if (cutsSeparator()) {
            if (length > 0) {
                sink.separator(lent, offset, length);
            }
        } else if (oversized) {
            oversized = false;
            if (length > 0) {
                sink.oversized(lent, offset, length);
            }
        } else if (length > maxEvent - carry.size()) {
            flushOversized(lent, offset, length);
        } else if (carry.size() == 0) {
            sink.event(lent, offset, length);
        } else {
            carry.add(lent, offset, length);
            sink.event(carry.array(), 0, carry.size());
            carry.clear();
        }
    }

    private void keep(byte[] lent, int offset, int length) {
        if (cutsSeparator()) {
            sink.separator(lent, offset, length);
        } else if (oversized) {
            sink.oversized(lent, offset, length);
        } else if (length > maxEvent - carry.size()) {
            oversized = true;
            flushOversized(lent, offset, length);
        } else {
            carry.add(lent, offset, length);
        }
    }

    private void flushOversized(byte[] lent, int offset, int length) {
        if (carry.size() > 0) {
            sink.oversized(carry.array(), 0, carry.size());
            carry.clear();
        }
        sink.oversized(lent, offset, length);
    }
}
