package io.tollgate.budget.ledger;

import io.tollgate.budget.ladder.Actions;
import io.tollgate.budget.ladder.RungListener;
import io.tollgate.budget.ladder.RungReached;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows a call counts in, taken together. They stand in the order in which they are locked. After {@link #lockAll}
 * the caller holds the locks until {@link #unlockAll}; what else needs a lock takes each for itself, one at a time.
 */
final class Windows {
    private static final Logger log = LoggerFactory.getLogger(Windows.class);

    private Windows() {}

    static void lockAll(Window[] inOrder) {
        for (Window window : inOrder) {
            window.lock();
        }
    }

    static void unlockAll(Window[] windows) {
        for (int i = windows.length - 1; i >= 0; i--) {
            windows[i].unlock();
        }
    }

    /** Those of {@code some} that are not among {@code others}. */
    static Window[] without(Window[] some, Window[] others) {
        int count = 0;
        Window[] rest = new Window[some.length];
        for (Window window : some) {
            if (!contains(others, window)) {
                rest[count++] = window;
            }
        }
        return Arrays.copyOf(rest, count);
    }

    static boolean contains(Window[] windows, Window wanted) {
        for (Window window : windows) {
            if (window.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** What a hold of this much on each of them could grow to. */
    static Amount payable(Amount held, Window[] windows, long now) {
        long nanos = Amount.MOST;
        long tokens = Amount.MOST;
        for (Window window : windows) {
            window.lock();
            window.refresh(now);
            nanos = Math.min(nanos, saturated(held.nanos(), window.freeNanos()));
            tokens = Math.min(tokens, saturated(held.tokens(), window.freeTokens()));
            window.unlock();
        }
        return new Amount(nanos, tokens);
    }

    private static long saturated(long held, long free) {
        return held + Math.clamp(free, 0, Amount.MOST);
    }

    /** What they want done with a call that comes now, as {@link Actions}. */
    static int actions(Window[] windows, long now) {
        int actions = Actions.NONE;
        for (Window window : windows) {
            window.lock();
            window.refresh(now);
            actions |= window.actions();
            window.unlock();
        }
        return actions;
    }

    /** Tells of the rungs that were reached and nobody has been told of, outside the locks. */
    static void tell(Window[] windows, RungListener listener) {
        for (Window window : windows) {
            RungReached event = news(window);
            while (event != null) {
                try {
                    listener.reached(event);
                } catch (RuntimeException e) {
                    log.error("telling of {} failed", event, e);
                }
                event = news(window);
            }
        }
    }

    private static @Nullable RungReached news(Window window) {
        window.lock();
        try {
            return window.takeNews();
        } finally {
            window.unlock();
        }
    }
}
