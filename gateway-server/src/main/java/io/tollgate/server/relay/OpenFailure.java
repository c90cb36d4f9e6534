package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.server.front.ContentDecoding;
import java.util.concurrent.TimeUnit;

/**
 * A failure of which the head is known, and whose body, which may say how long to wait, is on its way: kept until it is
 * whole, but neither longer nor larger than a caller can be made to wait for. On the exchange's loop.
 */
final class OpenFailure {
    /** For the rest of an error whose head has come. */
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int MOST = 16 * 1024;

    private final int status;
    private final HttpHeaders headers;
    private final CompositeByteBuf body;

    private OpenFailure(int status, HttpHeaders headers, CompositeByteBuf body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Whether an answer's body may tell what its head did not. */
    static boolean mayTell(Exchange exchange, int status, HttpHeaders headers) {
        return exchange.endpoint().dialect().tellsWaitInBody(status)
                && ContentDecoding.isIdentity(headers.get(HttpHeaderNames.CONTENT_ENCODING));
    }

    static OpenFailure of(int status, HttpHeaders headers, ByteBufAllocator allocator) {
        return new OpenFailure(status, headers, allocator.compositeBuffer());
    }

    /** Takes a chunk over; false where that was too much. */
    boolean add(ByteBuf chunk) {
        body.addComponent(true, chunk);
        return body.readableBytes() <= MOST;
    }

    /** What the body asks to wait, now that it is whole; -1 where it does not. */
    long waitNanos(Exchange exchange) {
        return exchange.endpoint().dialect().waitNanos(ByteBufUtil.getBytes(body));
    }

    int status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }

    /** What has come of the body; the taker's to release. */
    ByteBuf body() {
        return body;
    }

    void release() {
        body.release();
    }
}
