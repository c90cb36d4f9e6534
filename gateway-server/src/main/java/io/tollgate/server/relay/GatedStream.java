package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.sse.EventFilter;
import io.tollgate.core.sse.EventGate;
import io.tollgate.core.sse.EventSink;
import io.tollgate.core.sse.JsonArrayProgress;
import io.tollgate.core.sse.StreamSplitter;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.server.front.ContentDecoding;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.loop.LoopState;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A stream whose events are judged one by one. A chunk that passes whole goes on as the buffer it came in. */
final class GatedStream {
    private final ResponseChannel response;
    private final ByteBufAllocator allocator;
    private final @Nullable ContentDecoding decoding;
    private final EventFilter filter;
    private final @Nullable StreamEnding ending;
    private final @Nullable JsonArrayProgress array;
    private @Nullable ByteBuf whole;
    private byte[] lent = {};

    /** {@code ending} follows what passes, where the stream may have to be ended early; {@code array} where it is one. */
    GatedStream(
            @Nullable EventGate gate,
            @Nullable StreamEnding ending,
            Function<EventSink, StreamSplitter> splitter,
            @Nullable JsonArrayProgress array,
            ResponseChannel response,
            ByteBufAllocator allocator,
            @Nullable ContentDecoding decoding) {
        this.response = response;
        this.allocator = allocator;
        this.decoding = decoding;
        this.ending = ending;
        this.array = array;
        this.filter =
                new EventFilter(ending == null ? orPass(gate) : followed(orPass(gate), ending), this::write, splitter);
    }

    private static EventGate orPass(@Nullable EventGate gate) {
        return gate != null ? gate : (lent, offset, length) -> EventGate.Verdict.PASS;
    }

    private static EventGate followed(EventGate gate, StreamEnding ending) {
        return (lent, offset, length) -> {
            EventGate.Verdict verdict = gate.judge(lent, offset, length);
            if (verdict != EventGate.Verdict.DROP) {
                ending.event(lent, offset, length);
            }
            return verdict;
        };
    }

    /** Takes the chunk over. */
    void pass(ByteBuf chunk, LoopState loop) {
        try {
            if (decoding == null) {
                feed(chunk, loop);
            } else {
                decoding.decode(chunk, piece -> {
                    feed(piece, loop);
                    return true;
                });
            }
        } finally {
            chunk.release();
        }
    }

    private void feed(ByteBuf bytes, LoopState loop) {
        lent = loop.lend(bytes);
        whole = bytes;
        filter.feed(lent, 0, bytes.readableBytes());
        whole = null;
    }

    @SuppressWarnings("ReferenceEquality") // the very array that was lent, not an equal one
    private void write(byte[] bytes, int offset, int length) {
        if (array != null) {
            array.bytes(bytes, offset, length);
        }
        ByteBuf chunk = whole;
        if (chunk != null && bytes == lent && length == chunk.readableBytes()) {
            response.body(chunk.retain());
        } else {
            response.body(allocator.directBuffer(length).writeBytes(bytes, offset, length));
        }
    }

    boolean ended() {
        return filter.ended();
    }

    void finish() {
        filter.finish();
        close();
    }

    /** Whether it can be ended where it stands without looking broken. */
    boolean canEndEarly() {
        return ending != null;
    }

    /** Ends it where it stands; what has come of the next event is left out. */
    void endEarly(UsageReport used, StreamEnding.Finish finish) {
        if (ending != null) {
            response.body(Unpooled.wrappedBuffer(ending.end(used, finish)));
        }
        close();
    }

    void close() {
        if (decoding != null) {
            decoding.close();
        }
    }
}
