package io.tollgate.server.fakeprovider.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** How a body's bytes are told apart from what follows. */
enum Framing {
    /** {@code transfer-encoding: chunked}. */
    CHUNKED,
    /** As they are: with a length in the head, or to the end of the connection. */
    IDENTITY;

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** A piece of a body as it goes on the wire. */
    ByteBuf piece(ByteBufAllocator allocator, byte[] bytes, int offset, int length) {
        if (length == 0) {
            return Unpooled.EMPTY_BUFFER; // a chunk of no bytes would end the body
        }
        if (this == IDENTITY) {
            return allocator.ioBuffer(length).writeBytes(bytes, offset, length);
        }
        byte[] size = Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII);
        ByteBuf framed = allocator.ioBuffer(size.length + length + 4);
        framed.writeBytes(size).writeByte('\r').writeByte('\n');
        return framed.writeBytes(bytes, offset, length).writeByte('\r').writeByte('\n');
    }

    /** What ends a body. */
    ByteBuf end() {
        return this == CHUNKED ? Unpooled.wrappedBuffer(LAST_CHUNK) : Unpooled.EMPTY_BUFFER;
    }
}
