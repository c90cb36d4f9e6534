package io.tollgate.budget.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The hold of one call on all budgets that apply to it. It is changed by the call's event loop and, when its lease runs
 * out, once by the ledger's keeper: whoever of the two settles first does; the other only corrects.
 *
 * <p>It belongs to the periods in which it was made and settles there, however late.
 */
public final class Reservation implements Reserved {
    private static final int OPEN = 0;
    private static final int BUSY = 1;
    private static final int EXPIRED = 2;
    private static final int CLOSED = 3;
    private static final VarHandle STATE;
    private static final VarHandle TOUCHED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Reservation.class, "state", int.class);
            TOUCHED = lookup.findVarHandle(Reservation.class, "touched", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final BudgetLedger ledger;
    private final long id;
    private final String owner;
    private final int actions;

    @SuppressWarnings("UnusedVariable") // through STATE
    private int state;

    @SuppressWarnings("UnusedVariable") // through TOUCHED
    private long touched;

    private Window[] windows;
    private long heldNanos;
    private long heldTokens;
    private volatile Amount metered = Amount.ZERO;
    private Amount expiredAt = Amount.ZERO;
    /** Guarded by the stripe's lock in {@link OpenReservations}. */
    @Nullable
    Reservation next;
    /** Guarded by the stripe's lock in {@link OpenReservations}. */
    @Nullable
    Reservation previous;

    Reservation(BudgetLedger ledger, long id, String owner, Window[] windows, Amount held, int actions, long nowTicks) {
        this.ledger = ledger;
        this.id = id;
        this.owner = owner;
        this.windows = windows;
        this.heldNanos = held.nanos();
        this.heldTokens = held.tokens();
        this.actions = actions;
        this.touched = nowTicks;
    }

    /** Unique while the gateway runs. */
    public long id() {
        return id;
    }

    /** Whose it is: the request's id. */
    public String owner() {
        return owner;
    }

    /** What the budgets want done with the call, as {@link io.tollgate.budget.ladder.Actions}. */
    public int actions() {
        return actions;
    }

    /** Whether some budget could refuse to extend it. */
    public boolean canBeRefused() {
        for (Window window : windows) {
            window.lock();
            boolean blocks = window.blocks();
            window.unlock();
            if (blocks) {
                return true;
            }
        }
        return false;
    }

    /** What it holds on each of its budgets. */
    public Amount held() {
        return new Amount(heldNanos, heldTokens);
    }

    /** Whether the call is still under way as far as the ledger knows. */
    public boolean isOpen() {
        int now = (int) STATE.getAcquire(this);
        return now == OPEN || now == BUSY;
    }

    /** Keeps the lease from running out. */
    public void touch() {
        TOUCHED.setOpaque(this, ledger.ticks());
    }

    /** What the call has cost so far: what it settles at should it never be heard of again. */
    public void metered(Amount soFar) {
        metered = soFar;
        touch();
    }

    /**
     * Changes the hold to another amount. What gets smaller always does; what grows grows on all budgets or on none.
     *
     * @return whether it now holds {@code total}
     */
    public boolean resize(Amount total) {
        if (!take()) {
            return false;
        }
        long lessNanos = Math.min(0, total.nanos() - heldNanos);
        long lessTokens = Math.min(0, total.tokens() - heldTokens);
        if ((lessNanos | lessTokens) != 0) {
            for (Window window : windows) {
                window.lock();
                window.hold(lessNanos, lessTokens);
                window.unlock();
            }
            heldNanos += lessNanos;
            heldTokens += lessTokens;
        }
        boolean granted = grow(total.nanos() - heldNanos, total.tokens() - heldTokens);
        give(OPEN);
        return granted;
    }

    /** Holds this much more, on all budgets or on none. */
    public boolean extend(Amount more) {
        if (!take()) {
            return false;
        }
        boolean granted = grow(more.nanos(), more.tokens());
        give(OPEN);
        return granted;
    }

    private boolean grow(long nanos, long tokens) {
        if (nanos <= 0 && tokens <= 0) {
            return true;
        }
        long now = ledger.now();
        boolean fits = true;
        boolean news = false;
        Windows.lockAll(windows);
        for (int i = 0; i < windows.length && fits; i++) {
            windows[i].refresh(now);
            fits = windows[i].fits(nanos, tokens);
        }
        for (Window window : windows) {
            if (fits) {
                window.hold(nanos, tokens);
            }
            window.climb(false, now);
            news |= window.hasNews();
        }
        Windows.unlockAll(windows);
        if (fits) {
            heldNanos += nanos;
            heldTokens += tokens;
        }
        if (news) {
            ledger.announce(windows);
        }
        return fits;
    }

    /**
     * Counts the call in other accounts than before: its provider turned out to be another, or the budgets changed.
     *
     * @return false, and nothing is changed, when one of the new ones has too little left
     */
    boolean move(Window[] to) {
        if (sameWindows(to)) {
            return true;
        }
        if (!take()) {
            return false;
        }
        Window[] added = Windows.without(to, windows);
        Window[] removed = Windows.without(windows, to);
        long now = ledger.now();
        boolean fits = true;
        Windows.lockAll(added);
        for (int i = 0; i < added.length && fits; i++) {
            added[i].refresh(now);
            fits = added[i].fits(heldNanos, heldTokens);
        }
        for (int i = 0; i < added.length && fits; i++) {
            added[i].hold(heldNanos, heldTokens);
            added[i].opened();
        }
        Windows.unlockAll(added);
        if (fits) {
            close(removed, now, 0, 0, true);
            windows = to;
        }
        give(OPEN);
        return fits;
    }

    /** The call is over and cost this much. Only the first call counts. */
    public void settle(Amount actual) {
        settle(actual, windows);
    }

    /** As {@link #settle(Amount)}, counted in these accounts, whether it is held there or not. */
    void settle(Amount actual, Window[] counted) {
        if (take()) {
            close(actual, counted);
            give(CLOSED);
            ledger.closed(this);
        } else if (takeExpired()) {
            correct(actual, counted);
            give(CLOSED);
        }
    }

    private void close(Amount actual, Window[] counted) {
        long now = ledger.now();
        if (sameWindows(counted)) {
            close(windows, now, actual.nanos(), actual.tokens(), true);
            return;
        }
        close(Windows.without(windows, counted), now, 0, 0, true);
        close(Windows.without(windows, Windows.without(windows, counted)), now, actual.nanos(), actual.tokens(), true);
        ledger.charge(Windows.without(counted, windows), now, actual);
        windows = counted;
    }

    private void close(Window[] closing, long now, long nanos, long tokens, boolean last) {
        boolean news = false;
        for (Window window : closing) {
            window.lock();
            window.refresh(now);
            window.settle(heldNanos, heldTokens, nanos, tokens);
            window.closed();
            if (last) {
                window.done();
            }
            window.climb(false, now);
            news |= window.hasNews();
            window.unlock();
        }
        if (news) {
            ledger.announce(closing);
        }
    }

    private void correct(Amount actual, Window[] counted) {
        long now = ledger.now();
        Amount was = expiredAt;
        for (Window window : windows) {
            boolean stays = Windows.contains(counted, window);
            window.lock();
            window.refresh(now);
            window.correct(was.nanos(), was.tokens(), stays ? actual.nanos() : 0, stays ? actual.tokens() : 0);
            window.done();
            window.climb(false, now);
            window.unlock();
        }
        ledger.announce(windows);
        ledger.charge(Windows.without(counted, windows), now, actual);
        windows = counted;
    }

    /** The call never cost anything. Only the first call counts. */
    public void release() {
        settle(Amount.ZERO);
    }

    /** Settles at what was metered if nobody has touched it for this long. */
    boolean expire(long nowTicks, long leaseNanos) {
        if (nowTicks - (long) TOUCHED.getOpaque(this) < leaseNanos || !STATE.compareAndSet(this, OPEN, BUSY)) {
            return false;
        }
        Amount soFar = metered;
        expiredAt = soFar;
        close(windows, ledger.now(), soFar.nanos(), soFar.tokens(), false);
        give(EXPIRED);
        ledger.closed(this);
        return true;
    }

    /** What it was settled at when its lease ran out. */
    Amount settledEarlyAt() {
        return expiredAt;
    }

    /** Takes it for a change, unless it is over. */
    private boolean take() {
        while (!STATE.compareAndSet(this, OPEN, BUSY)) {
            int now = (int) STATE.getAcquire(this);
            if (now == EXPIRED || now == CLOSED) {
                return false;
            }
            Thread.onSpinWait(); // the keeper is settling it, which takes less than a microsecond
        }
        touch();
        return true;
    }

    private boolean takeExpired() {
        return STATE.compareAndSet(this, EXPIRED, BUSY);
    }

    private void give(int after) {
        STATE.setRelease(this, after);
    }

    private boolean sameWindows(Window[] others) {
        return Arrays.equals(others, windows);
    }

    /** The periods it is counted in. */
    Window[] windows() {
        return windows;
    }
}
