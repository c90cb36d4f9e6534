package io.tollgate.core.exchange;

/** Others who listen to an exchange's answer beside its own caller. While one does, the answer is fetched to its end. */
public interface Audience {
    /** Whether somebody listens, or waits to. Any thread. */
    boolean isPresent();

    /** Bytes a caller may fall behind the others before it is given up. */
    long mostBehind();

    /** Runs {@code task} on the exchange's own loop when the first has come and when the last has left. */
    void onChange(Runnable task);
}
