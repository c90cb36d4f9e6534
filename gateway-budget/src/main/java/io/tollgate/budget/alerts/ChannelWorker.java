package io.tollgate.budget.alerts;

import io.tollgate.budget.usagelog.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers to one channel, on a thread of its own: a receiver that hangs holds up nobody else. The journal is its queue,
 * so what it had not delivered when it stopped is delivered by the next one.
 */
final class ChannelWorker {
    private static final Logger log = LoggerFactory.getLogger(ChannelWorker.class);
    private static final long IDLE_MILLIS = 30_000;
    /** Waits no longer for a time to come: clocks are set. */
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private static final Duration FINISHING = Duration.ofSeconds(3);

    private final Channel channel;
    private final AlertJournal journal;
    private final DeliveryCounts counts;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Thread thread;
    private volatile boolean stopped;
    private boolean journalFails;

    ChannelWorker(Channel channel, AlertJournal journal, DeliveryCounts counts, Backoff backoff, InstantSource clock) {
        this.channel = channel;
        this.journal = journal;
        this.counts = counts;
        this.backoff = backoff;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("alerts-" + channel.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** There may be something to do. */
    void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!stopped) {
            try {
                Pending next = journal.next(channel.name());
                journalFails = false;
                long wait = next == null ? IDLE_MILLIS : next.nextAt() - clock.millis();
                if (next != null && wait <= 0) {
                    attempt(next);
                } else {
                    pause(Math.min(wait, next == null ? IDLE_MILLIS : LONGEST_WAIT_MILLIS));
                }
            } catch (StoreException e) {
                journalFailed(e);
            } catch (InterruptedException e) {
                return; // stopped in the middle of an attempt, which the next start repeats
            }
        }
    }

    private void attempt(Pending next) throws InterruptedException {
        Verdict verdict = send(next.alert());
        int attempts = next.attempts() + 1;
        switch (verdict.outcome()) {
            case DELIVERED -> {
                counts.delivered(channel.type());
                note(next, Delivery.State.DELIVERED, attempts, clock.millis(), null);
            }
            case REFUSED -> giveUp(next, attempts, String.valueOf(verdict.reason()));
            case RETRY -> {
                String reason = String.valueOf(verdict.reason());
                long now = clock.millis();
                long at = now + backoff.millisAfter(attempts, verdict.pause(), ThreadLocalRandom.current());
                if (at - next.raisedAt() > backoff.giveUpAfter().toMillis()) {
                    giveUp(next, attempts, reason + "; given up after " + attempts + " attempts");
                } else {
                    counts.retried(channel.type());
                    log.debug("alert {} to {}: {} (attempt {})", next.alert().id(), channel.name(), reason, attempts);
                    note(next, Delivery.State.PENDING, attempts, at, reason);
                }
            }
        }
    }

    /** A channel that breaks its promise to throw nothing must not stop the others' alerts with it. */
    private Verdict send(Alert alert) throws InterruptedException {
        try {
            return channel.send(alert);
        } catch (RuntimeException e) {
            log.error("channel {} failed on alert {}", channel.name(), alert.id(), e);
            return Verdict.retry("the gateway failed: " + e.getClass().getSimpleName());
        }
    }

    private void giveUp(Pending next, int attempts, String reason) throws InterruptedException {
        counts.failed(channel.type());
        log.error(
                "alert {} was not delivered to {}: {}. It said: {}",
                next.alert().id(),
                channel.name(),
                reason,
                next.alert().text());
        note(next, Delivery.State.FAILED, attempts, clock.millis(), reason);
    }

    /** Until it is noted nothing else is sent: what the journal still holds for undelivered would be sent again. */
    private void note(Pending next, Delivery.State state, int attempts, long at, @Nullable String error)
            throws InterruptedException {
        while (true) {
            try {
                journal.note(next.seq(), channel.name(), state, attempts, at, error);
                return;
            } catch (StoreException e) {
                if (stopped) {
                    throw new InterruptedException("stopped while the journal fails");
                }
                journalFailed(e);
            }
        }
    }

    private void journalFailed(StoreException e) {
        if (!journalFails && !stopped) {
            log.warn("alerts to {} wait: {}", channel.name(), e.getMessage());
        }
        journalFails = true;
        pause(LONGEST_WAIT_MILLIS);
    }

    private void pause(long millis) {
        if (!stopped) {
            LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
        }
    }

    /** Lets an attempt under way end for a moment, then breaks it off; the next worker repeats it. */
    void stop() {
        stopped = true;
        wake();
        try {
            if (!thread.join(FINISHING)) {
                thread.interrupt();
                thread.join(FINISHING);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
