package io.tollgate.server.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/** Hears of one call on one connection, on the exchange's loop. After {@link #end} or {@link #failed} nothing follows. */
public interface UpstreamListener {
    /** The response's head; informational (1xx) ones are not told. */
    void head(int status, HttpHeaders headers);

    /** The next bytes of the body; takes the buffer over. */
    void body(ByteBuf bytes);

    /** The response has ended as HTTP says it must. */
    void end();

    /** What was read at once has been told: time to flush. */
    void readComplete();

    /** The connection broke, or what came was not HTTP. {@code stale}: it was pooled, and it broke at once and without one byte of response. */
    void failed(Throwable cause, boolean stale);
}
