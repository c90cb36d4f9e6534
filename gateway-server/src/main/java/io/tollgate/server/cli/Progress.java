package io.tollgate.server.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells on standard error how far some work is, once it has taken a second: a bar that moves at a terminal, else a line
 * every few seconds. The work steps, a thread of its own draws.
 */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PrintWriter err;
    private final boolean terminal;
    private final String what;
    private final int steps;
    private final long started = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread drawer;
    private volatile int done;

    Progress(PrintWriter err, String what, int steps) {
        this(err, what, steps, Terminal.isThere(), PATIENCE);
    }

    Progress(PrintWriter err, String what, int steps, boolean terminal, Duration patience) {
        this.err = err;
        this.what = what;
        this.steps = steps;
        this.terminal = terminal;
        this.drawer = Thread.ofVirtual().name("progress").start(() -> draw(patience));
    }

    /** So many steps are done. */
    void done(int now) {
        done = now;
    }

    private void draw(Duration patience) {
        try {
            long wait = patience.toMillis();
            while (!over.await(wait, TimeUnit.MILLISECONDS)) {
                err.print(terminal ? "\r" + line() : line() + "\n");
                err.flush();
                wait = terminal ? 200 : 5_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String line() {
        int now = done;
        int filled = WIDTH * now / steps;
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + what + " " + now + "/" + steps + ", "
                + Duration.ofNanos(System.nanoTime() - started).toSeconds() + " s";
    }

    /** Wipes the bar away. */
    @Override
    public void close() {
        over.countDown();
        try {
            drawer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (terminal && Duration.ofNanos(System.nanoTime() - started).compareTo(PATIENCE) > 0) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
