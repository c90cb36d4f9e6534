package io.tollgate.server.loop;

import io.netty.channel.EventLoop;
import io.tollgate.core.time.Ticker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deadlines of one event loop, in a linked list that one periodic task looks through: setting, moving and clearing a
 * deadline is a field write, so a deadline per chunk costs nothing. Precise to {@link #TICK_MILLIS}. Confined to its loop.
 */
public final class Deadlines {
    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);

    /** How often the list is looked through. */
    public static final long TICK_MILLIS = 50;

    /** One deadline that can be set again and again. */
    public static final class Deadline {
        private final Runnable expired;
        private @Nullable Deadline previous;
        private @Nullable Deadline next;
        private boolean listed;
        private long atNanos;

        /** Runs {@code expired} on the loop, once per setting. */
        public Deadline(Runnable expired) {
            this.expired = expired;
        }
    }

    private final EventLoop loop;
    private final Ticker ticker;
    private @Nullable Deadline first;
    private boolean ticking;

    /** For {@code loop}. */
    public Deadlines(EventLoop loop, Ticker ticker) {
        this.loop = loop;
        this.ticker = ticker;
    }

    /** Sets or moves a deadline to {@code nanos} from now. */
    public void set(Deadline deadline, long nanos) {
        deadline.atNanos = ticker.nanos() + nanos;
        if (!deadline.listed) {
            deadline.listed = true;
            deadline.previous = null;
            deadline.next = first;
            if (first != null) {
                first.previous = deadline;
            }
            first = deadline;
            if (!ticking) {
                ticking = true;
                tickLater();
            }
        }
    }

    /** Takes it out; does nothing when it is not set. */
    public void clear(Deadline deadline) {
        if (!deadline.listed) {
            return;
        }
        deadline.listed = false;
        if (deadline.previous != null) {
            deadline.previous.next = deadline.next;
        } else {
            first = deadline.next;
        }
        if (deadline.next != null) {
            deadline.next.previous = deadline.previous;
        }
    }

    private static void expire(Deadline deadline) {
        try {
            deadline.expired.run();
        } catch (RuntimeException e) {
            log.error("what a deadline was set for failed", e); // the other deadlines still hold
        }
    }

    private void tickLater() {
        var unused = loop.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        if (first == null) {
            ticking = false; // the next set starts it again
            return;
        }
        long now = ticker.nanos();
        Deadline at = first;
        while (at != null) {
            Deadline following = at.next;
            if (at.listed && now - at.atNanos >= 0) {
                clear(at);
                expire(at);
            }
            at = following;
        }
        tickLater();
    }
}
