package io.tollgate.core.sse;

/** Takes the next bytes of a stream. */
@FunctionalInterface
public interface ByteSink {
    /** The array is lent for the call. */
    void write(byte[] lent, int offset, int length);
}
