package io.tollgate.budget.ledger;

import io.tollgate.budget.ladder.Marks;
import io.tollgate.budget.ladder.Rung;
import io.tollgate.budget.ladder.RungReached;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One account in one period: what is spent and what is held. Every method but the constructor is called with the lock
 * taken.
 *
 * <p>For a budget with a block rung, {@code spent - overrun + held} never exceeds what the rung allows: a hold is only
 * taken where it fits, and what a call costs beyond its hold is spent without being allowed, as overrun, as far as it
 * does not fit either.
 */
final class Window extends BriefLock {
    private static final long MOST = Long.MAX_VALUE / 4;

    final Account account;
    final Period.Span span;
    private Marks marks;
    private long marksUntil;
    private int marksVersion;
    private long spentNanos;
    private long spentTokens;
    private long heldNanos;
    private long heldTokens;
    private long overrunNanos;
    private long overrunTokens;
    private int holds;
    private int expected;
    private int fired;
    private int announced;
    private long[] firedAt;

    Window(Account account, Period.Span span, long now) {
        this.account = account;
        this.span = span;
        Limits limits = account.budget.limits(account.values, now);
        this.marks = limits.marks();
        this.marksUntil = limits.until();
        this.marksVersion = limits.version();
        this.firedAt = new long[marks.rungs().size()];
    }

    /** Looks whether the limit is still the same: raises come and go, the configuration changes. */
    void refresh(long now) {
        if (now >= marksUntil || marksVersion != account.budget.version()) {
            Limits limits = account.budget.limits(account.values, now);
            List<Rung> before = marks.rungs();
            marks = limits.marks();
            marksUntil = limits.until();
            marksVersion = limits.version();
            if (!before.equals(marks.rungs())) {
                carryOver(before);
            }
        }
    }

    /** Keeps what was reached of the rungs that are still there. */
    private void carryOver(List<Rung> before) {
        List<Rung> now = marks.rungs();
        long[] at = new long[now.size()];
        int stillFired = 0;
        int stillAnnounced = 0;
        for (int i = 0; i < before.size(); i++) {
            for (int j = 0; j < now.size(); j++) {
                if ((fired & 1 << i) != 0
                        && now.get(j).id().equals(before.get(i).id())) {
                    stillFired |= 1 << j;
                    stillAnnounced |= (announced & 1 << i) != 0 ? 1 << j : 0;
                    at[j] = firedAt[i];
                }
            }
        }
        fired = stillFired;
        announced = stillAnnounced;
        firedAt = at;
    }

    /** Nano-dollars that can still be held; may be negative. */
    long freeNanos() {
        return marks.blockNanos() - spentNanos - heldNanos;
    }

    /** Tokens that can still be held; may be negative. */
    long freeTokens() {
        return marks.blockTokens() - spentTokens - heldTokens;
    }

    boolean fits(long nanos, long tokens) {
        return nanos <= freeNanos() && tokens <= freeTokens();
    }

    boolean blocks() {
        return marks.blockNanos() != Marks.NEVER || marks.blockTokens() != Marks.NEVER;
    }

    /** What is to be done with a call that comes now, as {@link io.tollgate.budget.ladder.Actions}. */
    int actions() {
        return marks.actions(spentNanos + heldNanos, spentTokens + heldTokens);
    }

    void hold(long nanos, long tokens) {
        heldNanos += nanos;
        heldTokens += tokens;
    }

    /** A call takes a hold. */
    void opened() {
        holds++;
        expected++;
    }

    /** A call's hold is gone. */
    void closed() {
        holds--;
    }

    /** Nothing more comes of a call. */
    void done() {
        expected--;
    }

    /** A hold becomes what the call cost. */
    void settle(long wasNanos, long wasTokens, long nanos, long tokens) {
        heldNanos -= wasNanos;
        heldTokens -= wasTokens;
        overrunNanos += beyond(nanos - wasNanos, freeNanos() - wasNanos);
        overrunTokens += beyond(tokens - wasTokens, freeTokens() - wasTokens);
        spentNanos = Math.clamp(spentNanos + nanos, 0, MOST);
        spentTokens = Math.clamp(spentTokens + tokens, 0, MOST);
    }

    /** How much of an excess over the hold does not fit into what is free. */
    private static long beyond(long excess, long free) {
        return excess <= 0 ? 0 : excess - Math.clamp(free, 0, excess);
    }

    /** What was settled before turns out to be another amount. */
    void correct(long fromNanos, long fromTokens, long nanos, long tokens) {
        overrunNanos += beyond(nanos - fromNanos, freeNanos());
        overrunTokens += beyond(tokens - fromTokens, freeTokens());
        spentNanos = Math.clamp(spentNanos + nanos - fromNanos, 0, MOST);
        spentTokens = Math.clamp(spentTokens + tokens - fromTokens, 0, MOST);
    }

    /** Takes up what was spent before a restart. */
    void restore(long nanos, long tokens) {
        spentNanos = Math.clamp(spentNanos + Math.clamp(nanos, 0, MOST), 0, MOST);
        spentTokens = Math.clamp(spentTokens + Math.clamp(tokens, 0, MOST), 0, MOST);
        overrunNanos = Math.max(0, spentNanos - marks.blockNanos());
        overrunTokens = Math.max(0, spentTokens - marks.blockTokens());
    }

    /** Takes up that a rung was reached before a restart. */
    void restoreReached(String rungId, long at) {
        for (int i = 0; i < firedAt.length; i++) {
            if (marks.rungs().get(i).id().equals(rungId)) {
                fired |= 1 << i;
                announced |= 1 << i;
                firedAt[i] = at;
            }
        }
    }

    /** Marks the rungs that are newly reached. */
    void climb(boolean refused, long now) {
        int reached = marks.reached(fired, spentNanos, spentTokens, heldNanos, heldTokens, refused);
        if (reached != 0) {
            fired |= reached;
            for (int i = 0; i < firedAt.length; i++) {
                if ((reached & 1 << i) != 0) {
                    firedAt[i] = now;
                }
            }
        }
    }

    /** Whether a rung was reached and nobody has been told. */
    boolean hasNews() {
        return fired != announced;
    }

    /** The next rung nobody has been told of, or null; it counts as told from then on. */
    @Nullable
    RungReached takeNews() {
        int untold = fired & ~announced;
        if (untold == 0) {
            return null;
        }
        int rung = Integer.numberOfTrailingZeros(untold);
        announced |= 1 << rung;
        return account.describe(span, marks.rungs().get(rung), balance(), firedAt[rung]);
    }

    boolean isIdle() {
        return expected == 0 && spentNanos == 0 && spentTokens == 0 && fired == 0;
    }

    Balance balance() {
        return new Balance(
                marks,
                spentNanos,
                spentTokens,
                heldNanos,
                heldTokens,
                overrunNanos,
                overrunTokens,
                holds,
                fired,
                Arrays.copyOf(firedAt, firedAt.length));
    }
}
