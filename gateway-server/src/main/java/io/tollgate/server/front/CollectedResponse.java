package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the gateway itself, for a call of its own: keeps the answer until it is whole. Of an answer above the
 * limit nothing is kept. Confined to the exchange's loop.
 */
public final class CollectedResponse implements ResponseChannel {
    /** Hears the end. */
    @FunctionalInterface
    public interface Whole {
        /**
         * The answer is over; called once.
         *
         * @param status 0 where none came
         * @param body null where it broke off or was too long
         */
        void over(int status, byte @Nullable [] body);
    }

    private final int most;
    private final Whole whole;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
    private int status;
    private boolean tooLong;
    private boolean over;

    /** Keeps up to {@code most} bytes. */
    public CollectedResponse(int most, Whole whole) {
        this.most = most;
        this.whole = whole;
    }

    /** Nobody here leaves or is slow. */
    @Override
    public void listen(Listener listener) {}

    @Override
    public void head(int answered, HttpHeaders headers, long contentLength) {
        status = answered;
    }

    @Override
    public void body(ByteBuf bytes) {
        int length = bytes.readableBytes();
        byte[] copy = new byte[length];
        bytes.readBytes(copy);
        bytes.release();
        tooLong |= kept.size() + length > most;
        if (tooLong) {
            kept.reset();
        } else {
            kept.write(copy, 0, length);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void end() {
        over(tooLong ? null : kept.toByteArray());
    }

    @Override
    public void abort() {
        over(null);
    }

    @Override
    public void respond(int answered, HttpHeaders headers, byte[] body) {
        status = answered;
        over(body.length > most ? null : Arrays.copyOf(body, body.length));
    }

    private void over(byte @Nullable [] body) {
        if (!over) {
            over = true;
            whole.over(status, body);
        }
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public boolean begun() {
        return status != 0;
    }
}
