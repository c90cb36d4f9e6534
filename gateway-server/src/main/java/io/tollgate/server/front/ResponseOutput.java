package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpHeaders;

/** Puts one response after the other onto a caller's connection, in its protocol. Confined to the caller's loop. */
interface ResponseOutput {
    /** Tells a caller that waits for it to send its body. */
    void awaitsBody();

    /** Begins a response; {@code headers} are complete, framing included. */
    void head(int status, HttpHeaders headers);

    /** The next bytes; takes the buffer over. */
    void body(ByteBuf bytes);

    /** Sends out what was written. */
    void flush();

    /** Ends the response, which has a body unless {@code bodiless}, and sends it out. */
    ChannelFuture end(boolean bodiless);

    /** The connection is gone or broken off: what has not been sent goes nowhere. */
    void discard();
}
