package io.tollgate.server.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.tollgate.core.time.Ticker;

/** What one event loop owns and lends to the exchange it is just working on. Confined to its loop. */
public final class LoopState {
    private final EventLoop loop;
    private final Deadlines deadlines;
    private byte[] scratch = new byte[64 * 1024];

    /** For {@code loop}. */
    public LoopState(EventLoop loop, Ticker ticker) {
        this.loop = loop;
        this.deadlines = new Deadlines(loop, ticker);
    }

    /** The loop. */
    public EventLoop loop() {
        return loop;
    }

    /** Its deadlines. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** Copies a buffer's readable bytes into the loop's scratch array, without consuming them; lent until the next call. */
    public byte[] lend(ByteBuf buffer) {
        int length = buffer.readableBytes();
        if (scratch.length < length) {
            scratch = new byte[Integer.highestOneBit(length - 1) << 1];
        }
        buffer.getBytes(buffer.readerIndex(), scratch, 0, length);
        return scratch;
    }
}
