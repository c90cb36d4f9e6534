package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.sse.EventGate;
import io.tollgate.core.sse.JsonArrayProgress;
import io.tollgate.core.sse.JsonArraySplitter;
import io.tollgate.core.sse.SseSplitter;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.server.front.ContentDecoding;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.loop.LoopState;
import org.jspecify.annotations.Nullable;

/**
 * An answer's way to the caller. A stream goes on chunk by chunk, as the original buffers unless a gate judges its
 * events. A plain answer is held until it is whole, up to {@link #MAX_HELD}, so that its cost can stand in its head; a
 * caller cannot use half a JSON document anyway. Confined to the exchange's loop.
 */
final class AnswerBody {
    static final int MAX_HELD = 64 * 1024;

    private static final int LF_LF = 0x0a0a;
    private static final int CR_CR = 0x0d0d;
    private static final int CRLF_CRLF = 0x0d0a0d0a;

    private final Exchange exchange;
    private final int status;
    private final HttpHeaders headers;
    private final ResponseChannel response;
    private final long length;
    private final boolean events;
    private final @Nullable JsonArrayProgress array;
    private final @Nullable GatedStream gated;
    private @Nullable CompositeByteBuf held;
    private boolean unflushed;
    private int lastBytes = LF_LF;

    private AnswerBody(
            Exchange exchange,
            int status,
            HttpHeaders headers,
            ResponseChannel response,
            long length,
            boolean events,
            @Nullable JsonArrayProgress array,
            @Nullable GatedStream gated,
            @Nullable CompositeByteBuf held) {
        this.exchange = exchange;
        this.status = status;
        this.headers = headers;
        this.response = response;
        this.length = length;
        this.events = events;
        this.array = array;
        this.gated = gated;
        this.held = held;
    }

    /** Begins the caller's answer, unless it is held. */
    static AnswerBody of(
            Exchange exchange, int status, HttpHeaders headers, ResponseChannel response, ByteBufAllocator allocator) {
        long length = announced(headers); // the decoder has taken it out where the body comes in chunks
        boolean events = isEventStream(headers);
        if (events) {
            ReplyHeaders.forEvents(headers);
        }
        JsonArrayProgress array = !events && isArray(exchange, headers) ? new JsonArrayProgress() : null;
        GatedStream gated = gated(exchange, status, events, array, headers, response, allocator);
        if (gated != null) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            headers.remove(HttpHeaderNames.CONTENT_ENCODING);
            length = -1;
        }
        boolean hold = !events && isPlain(exchange) && length <= MAX_HELD;
        AnswerBody body = new AnswerBody(
                exchange,
                status,
                headers,
                response,
                length,
                events,
                array,
                gated,
                hold ? allocator.compositeBuffer(256) : null);
        if (!hold) {
            response.head(status, headers, length);
            body.unflushed = true;
        }
        return body;
    }

    /** Reads the stream's events on their way, where somebody judges them or may want to end it early. */
    private static @Nullable GatedStream gated(
            Exchange exchange,
            int status,
            boolean events,
            @Nullable JsonArrayProgress array,
            HttpHeaders headers,
            ResponseChannel response,
            ByteBufAllocator allocator) {
        EventGate gate = events ? exchange.gate() : null;
        StreamEnding ending = null;
        if (exchange.stoppable() && status < 300 && (events || array != null)) {
            ending = exchange.endpoint()
                    .dialect()
                    .streamEnding(
                            exchange.endpoint(), exchange.facts().get(), headers.get(HttpHeaderNames.CONTENT_TYPE));
        }
        return gate == null && ending == null
                ? null
                : new GatedStream(
                        gate,
                        ending,
                        events ? SseSplitter::new : JsonArraySplitter::new,
                        array,
                        response,
                        allocator,
                        decodingOf(headers));
    }

    /** Google streams a JSON array unless it is asked for events. */
    private static boolean isArray(Exchange exchange, HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        return exchange.endpoint().streams() && type != null && type.startsWith("application/json");
    }

    private static long announced(HttpHeaders headers) {
        String value = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return value == null ? -1 : Long.parseLong(value.strip());
    }

    private static @Nullable ContentDecoding decodingOf(HttpHeaders headers) {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        return ContentDecoding.isIdentity(encoding) ? null : ContentDecoding.of(encoding);
    }

    static boolean isEventStream(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, "text/event-stream", 0, 17);
    }

    private static boolean isPlain(Exchange exchange) {
        return exchange.endpoint().operation() != Operation.TUNNEL && !exchange.facts().get().stream();
    }

    /** Passes a chunk on; takes it over. */
    void pass(ByteBuf chunk, LoopState loop) {
        CompositeByteBuf holding = held;
        if (holding != null) {
            holding.addComponent(true, chunk);
            if (holding.readableBytes() > MAX_HELD) {
                held = null;
                response.head(status, headers, length);
                response.body(holding);
                unflushed = true;
            }
            return;
        }
        unflushed = true;
        if (gated != null) {
            gated.pass(chunk, loop);
        } else {
            if (events) {
                noteEnd(chunk);
            } else if (array != null) {
                array.bytes(loop.lend(chunk), 0, chunk.readableBytes());
            }
            response.body(chunk);
        }
    }

    private void noteEnd(ByteBuf chunk) {
        int end = chunk.writerIndex();
        for (int i = Math.max(chunk.readerIndex(), end - Integer.BYTES); i < end; i++) {
            lastBytes = lastBytes << 8 | (chunk.getByte(i) & 0xff);
        }
    }

    /** Whether an event of our own would be one: nothing of another stands before it, and the bytes are plain. */
    private boolean takesAnEvent() {
        if (gated == null && !ContentDecoding.isIdentity(headers.get(HttpHeaderNames.CONTENT_ENCODING))) {
            return false;
        }
        if (array != null) {
            return array.takesAnother();
        }
        // of a judged stream only whole events have passed
        boolean between = (lastBytes & 0xffff) == LF_LF || (lastBytes & 0xffff) == CR_CR || lastBytes == CRLF_CRLF;
        return events && (gated != null || between);
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            response.flush();
        }
    }

    /** Whether the gate has ended the stream. */
    boolean endedByGate() {
        return gated != null && gated.ended();
    }

    /** Whether the answer can be ended where it stands without looking broken. */
    boolean canEndEarly() {
        return gated != null && gated.canEndEarly();
    }

    /** The answer ends before the provider's does, for this reason. */
    void endEarly(End why) {
        if (gated != null) {
            Metered metered = exchange.metered().orNull();
            gated.endEarly(
                    metered == null ? UsageReport.NOTHING : metered.report(),
                    why == End.STOPPED_EARLY ? StreamEnding.Finish.STOP : StreamEnding.Finish.LENGTH);
        }
        response.end();
    }

    /** Whether the caller has been sent anything. */
    boolean begun() {
        return held == null;
    }

    /** The answer is whole. */
    void finish() {
        CompositeByteBuf holding = held;
        if (holding != null) {
            held = null;
            ReplyHeaders.addCost(headers, exchange);
            response.head(status, headers, length < 0 ? holding.readableBytes() : length);
            response.body(holding);
        } else if (gated != null) {
            gated.finish();
        }
        response.end();
    }

    /**
     * The answer broke after it had begun: a stream gets the dialect's own error. Anything else is cut: its connection is
     * closed without the last chunk. So is a stream that broke within an event, or within an element of an array: nothing
     * put behind half a value would make it one, and a reader must not take it for the whole.
     */
    void breakOff(Dialect dialect, Refusal refusal, String requestId) {
        if (gated != null) {
            gated.close();
        }
        if (length < 0 && takesAnEvent()) {
            String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
            byte[] event = dialect.errorEvent(refusal, requestId, type);
            response.body(Unpooled.wrappedBuffer(array == null ? event : array.last(event)));
            response.end();
        } else {
            response.abort();
        }
    }

    /** Nobody wants it any more. */
    void discard() {
        if (held != null) {
            held.release();
            held = null;
        }
        if (gated != null) {
            gated.close();
        }
    }
}
