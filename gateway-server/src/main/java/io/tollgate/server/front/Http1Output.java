package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.tollgate.server.head.HeadBytes;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Responses as HTTP/1.1 bytes. Head, chunk framing and small bodies gather in one buffer until they are flushed: an
 * event of a stream then costs one plain {@code send}, which is cheaper than the {@code writev} of its four pieces
 * even with the copy. What is larger goes out as it came.
 */
final class Http1Output implements ResponseOutput {
    private static final int COPIED = 4 * 1024;
    private static final int GATHERED = 16 * 1024;
    private static final int HEAD_ROOM = 1024;
    private static final AsciiString VERSION = AsciiString.cached("HTTP/1.1 ");
    private static final AsciiString CONTINUE = AsciiString.cached("HTTP/1.1 100 Continue\r\n\r\n");
    private static final AsciiString LAST_CHUNK = AsciiString.cached("0\r\n\r\n");

    private final ChannelHandlerContext ctx;
    private @Nullable ByteBuf gathered;
    private boolean chunked;

    Http1Output(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    @Override
    public void awaitsBody() {
        HeadBytes.ascii(room(CONTINUE.length()), CONTINUE);
        flush();
    }

    @Override
    public void head(int status, HttpHeaders headers) {
        chunked = headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
        ByteBuf out = room(HEAD_ROOM);
        HeadBytes.ascii(out, VERSION);
        HeadBytes.ascii(out, HttpResponseStatus.valueOf(status).codeAsText());
        out.writeByte(' ');
        HeadBytes.ascii(out, HttpResponseStatus.valueOf(status).reasonPhrase());
        HeadBytes.endLine(out);
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            HeadBytes.header(out, header.getKey(), header.getValue());
        }
        HeadBytes.endLine(out);
    }

    @Override
    public void body(ByteBuf bytes) {
        int length = bytes.readableBytes();
        ByteBuf out = room(length <= COPIED ? length + 16 : 16);
        if (chunked) {
            HeadBytes.ascii(out, Integer.toHexString(length));
            HeadBytes.endLine(out);
        }
        if (length <= COPIED) {
            out.writeBytes(bytes);
            bytes.release();
        } else {
            pass();
            ctx.write(bytes, ctx.voidPromise());
        }
        if (chunked) {
            HeadBytes.endLine(room(16));
        }
    }

    private ByteBuf room(int expected) {
        ByteBuf out = gathered;
        if (out == null) {
            out = ctx.alloc().directBuffer(Math.max(256, expected + expected / 2));
            gathered = out;
        } else if (out.readableBytes() + expected > GATHERED) {
            pass();
            return room(expected);
        }
        return out;
    }

    /** Hands what was gathered to the channel. */
    private void pass() {
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            ctx.write(out, ctx.voidPromise());
        }
    }

    @Override
    public void flush() {
        pass();
        ctx.flush();
    }

    @Override
    public ChannelFuture end(boolean bodiless) {
        ByteBuf out = room(LAST_CHUNK.length());
        if (chunked && !bodiless) {
            HeadBytes.ascii(out, LAST_CHUNK);
        }
        gathered = null;
        return ctx.writeAndFlush(out);
    }

    @Override
    public void discard() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
