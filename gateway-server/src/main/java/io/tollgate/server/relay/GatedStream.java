package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.tollgate.core.sse.EventFilter;
import io.tollgate.core.sse.EventGate;
import io.tollgate.core.sse.SseSplitter;
import io.tollgate.server.front.ContentDecoding;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.loop.LoopState;
import org.jspecify.annotations.Nullable;

/** A stream whose events are judged one by one. A chunk that passes whole goes on as the buffer it came in. */
final class GatedStream {
    private final ResponseChannel response;
    private final ByteBufAllocator allocator;
    private final @Nullable ContentDecoding decoding;
    private final EventFilter filter;
    private @Nullable ByteBuf whole;
    private byte[] lent = {};

    GatedStream(
            EventGate gate, ResponseChannel response, ByteBufAllocator allocator, @Nullable ContentDecoding decoding) {
        this.response = response;
        this.allocator = allocator;
        this.decoding = decoding;
        this.filter = new EventFilter(gate, this::write, SseSplitter::new);
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
    private void write(byte[] array, int offset, int length) {
        ByteBuf chunk = whole;
        if (chunk != null && array == lent && length == chunk.readableBytes()) {
            response.body(chunk.retain());
        } else {
            response.body(allocator.directBuffer(length).writeBytes(array, offset, length));
        }
    }

    boolean ended() {
        return filter.ended();
    }

    void finish() {
        filter.finish();
        close();
    }

    void close() {
        if (decoding != null) {
            decoding.close();
        }
    }
}
