package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/** The way back to one caller, for one request. Every call comes on the caller's loop. */
public interface ResponseChannel {
    /** Hears what becomes of the caller while a response is under way. */
    interface Listener {
        /** The caller takes bytes again, after {@link ResponseChannel#isWritable()} was false. */
        void writable();

        /** The caller left before the response ended. */
        void gone();
    }

    /** Who wants to hear; replaces the one before. */
    void listen(Listener listener);

    /**
     * Begins the response.
     *
     * @param headers without framing headers; they are added as the caller's protocol needs them
     * @param contentLength bytes that will follow, or -1 when that is not known
     */
    void head(int status, HttpHeaders headers, long contentLength);

    /** The next bytes; takes the buffer over. */
    void body(ByteBuf bytes);

    /** Sends out what was written. */
    void flush();

    /** Ends the response and flushes. */
    void end();

    /** The response cannot be completed: the caller must notice, so the connection (or stream) is broken off. */
    void abort();

    /** A whole response at once. */
    void respond(int status, HttpHeaders headers, byte[] body);

    /** Whether more bytes would go out soon; when false, stop reading upstream and wait for {@link Listener#writable}. */
    boolean isWritable();

    /** Whether the head was written. */
    boolean begun();
}
