package io.tollgate.budget.ledger;

import io.tollgate.budget.ladder.Actions;
import io.tollgate.budget.ladder.RungListener;
import io.tollgate.core.time.Ticker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All budgets. A call reserves before it is sent and settles when it is over; whatever happens in between, each budget
 * that blocks has {@code spent + held <= limit} at every instant.
 *
 * <p>A hold is taken on all budgets that apply or on none: the accounts' own locks are taken in one order for the few
 * nanoseconds this needs, so a call that is refused by one budget never makes another look used up, not even for a
 * moment. There is no lock that calls of different budgets share. Any thread; never blocks on anything slow.
 */
public final class BudgetLedger {
    private final LedgerSettings settings;
    private final InstantSource clock;
    private final Ticker ticker;
    private final RungListener listener;
    private final AtomicLong ids = new AtomicLong();
    private final OpenReservations open = new OpenReservations();
    private final LongAdder expired = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final BudgetSet budgets;

    /** Without budgets yet. */
    public BudgetLedger(LedgerSettings settings, InstantSource clock, Ticker ticker, RungListener listener) {
        this.settings = settings;
        this.clock = clock;
        this.ticker = ticker;
        this.listener = listener;
        this.budgets = new BudgetSet(settings.maxAccounts());
    }

    /**
     * Counts by these budgets from now on. A budget that counts the same calls as before keeps its accounts; others
     * begin with what {@code history} tells. May block for as long as the history does.
     *
     * @param nowMillis the moment whose periods are the current ones
     */
    public void rules(List<BudgetRule> rules, List<Raise> raises, History history, long nowMillis) {
        budgets.replace(rules, raises, history, nowMillis);
    }

    /** Tells of rungs that are reached without a call having come by: spent before a restart, or by other rules now. */
    public void tellOfReached() {
        long now = now();
        for (Account account : budgets.accounts()) {
            Window window = account.window(now);
            window.lock();
            window.refresh(now);
            window.climb(false, now);
            boolean news = window.hasNews();
            window.unlock();
            if (news) {
                announce(new Window[] {window});
            }
        }
    }

    /** Limits are raised by these from now on; earlier ones are forgotten. */
    public void raises(List<Raise> all) {
        budgets.raises(all);
    }

    /** The budgets' rules as they are now. */
    public List<BudgetRule> rules() {
        return budgets.rules();
    }

    /** Whether there are any budgets. */
    public boolean hasBudgets() {
        return !budgets.isEmpty();
    }

    /** Changes whenever other rules take hold. */
    public int version() {
        return budgets.version();
    }

    /** Whether any budget looks at this dimension. */
    public boolean looksAt(String dimension) {
        return budgets.looksAt(dimension);
    }

    /**
     * Takes a hold of {@code ask} on all budgets that apply, or as much of it as they all have left, if that is at least
     * {@code floor} in money and in tokens; otherwise nothing is held.
     *
     * @param owner whose hold it is: the request's id
     * @param nowMillis when the call arrived: decides its periods
     * @return the hold, or which budget had too little
     */
    public Reserved reserve(String owner, Attribution call, Amount ask, Amount floor, long nowMillis) {
        while (true) {
            Reserved reserved = tryReserve(owner, budgets.windows(call, nowMillis), ask, floor, nowMillis);
            if (reserved != null) {
                return reserved;
            }
        }
    }

    /** All of {@code ask} or nothing. */
    public Reserved reserve(String owner, Attribution call, Amount ask, long nowMillis) {
        return reserve(owner, call, ask, ask, nowMillis);
    }

    private @Nullable Reserved tryReserve(String owner, Window[] windows, Amount ask, Amount floor, long now) {
        long nanos = ask.nanos();
        long tokens = ask.tokens();
        long floorNanos = Math.min(nanos, floor.nanos());
        long floorTokens = Math.min(tokens, floor.tokens());
        Window tooLittle = null;
        Shortage shortage = null;
        boolean retired = false;
        boolean news = false;
        int actions = Actions.NONE;
        Windows.lockAll(windows);
        for (int i = 0; i < windows.length && tooLittle == null; i++) {
            Window window = windows[i];
            window.refresh(now);
            retired |= window.account.isRetired();
            if (window.fits(floorNanos, floorTokens)) {
                nanos = Math.min(nanos, window.freeNanos());
                tokens = Math.min(tokens, window.freeTokens());
            } else {
                tooLittle = window;
            }
        }
        if (retired) {
            Windows.unlockAll(windows);
            return null;
        }
        if (tooLittle != null) {
            tooLittle.climb(true, now);
            shortage = new Shortage(
                    tooLittle.account.budget.rule().name(),
                    tooLittle.account.each(),
                    tooLittle.balance(),
                    tooLittle.span,
                    floor);
        }
        for (Window window : windows) {
            if (tooLittle == null) {
                actions |= window.actions();
                window.hold(nanos, tokens);
                window.opened();
            }
            window.climb(false, now);
            news |= window.hasNews();
        }
        Windows.unlockAll(windows);
        if (news) {
            announce(windows);
        }
        if (shortage != null) {
            refused.increment();
            return shortage;
        }
        Reservation reservation = new Reservation(
                this, ids.getAndIncrement(), owner, windows, new Amount(nanos, tokens), actions, ticks());
        open.add(reservation);
        return reservation;
    }

    /**
     * Moves a hold to the accounts of another attribution: the call's provider turned out to be another one.
     *
     * @return false, and nothing has changed, when one of them has too little left
     */
    public boolean move(Reservation reservation, Attribution to, long nowMillis) {
        return reservation.move(windowsFor(reservation, to, nowMillis));
    }

    /** Settles a hold in the accounts of this attribution, whether it was held there or not. */
    public void settle(Reservation reservation, Attribution in, Amount actual, long nowMillis) {
        reservation.settle(actual, windowsFor(reservation, in, nowMillis));
    }

    /** Counts what was spent without a hold. */
    public void charge(Attribution call, Amount actual, long nowMillis) {
        charge(budgets.windows(call, nowMillis), now(), actual);
    }

    void charge(Window[] charged, long now, Amount actual) {
        boolean news = false;
        for (Window window : charged) {
            window.lock();
            window.refresh(now);
            window.settle(0, 0, actual.nanos(), actual.tokens());
            window.climb(false, now);
            news |= window.hasNews();
            window.unlock();
        }
        if (news) {
            announce(charged);
        }
    }

    /** Where a call counts, in the periods it already has a hold in. */
    private Window[] windowsFor(Reservation reservation, Attribution call, long nowMillis) {
        Window[] windows = budgets.windows(call, nowMillis);
        for (int i = 0; i < windows.length; i++) {
            for (Window held : reservation.windows()) {
                if (held.account.equals(windows[i].account)) {
                    windows[i] = held;
                }
            }
        }
        return windows;
    }

    /** Tells of the rungs reached in these, each once. */
    void announce(Window[] windows) {
        Windows.tell(windows, listener);
    }

    void closed(Reservation reservation) {
        open.remove(reservation);
    }

    long now() {
        return clock.millis();
    }

    long ticks() {
        return ticker.nanos();
    }

    /**
     * Settles the holds nobody has touched for their lease, at what was metered.
     *
     * @return whose they were
     */
    public List<String> expireLeases() {
        long now = ticks();
        List<String> owners = new ArrayList<>();
        for (Reservation reservation : open.snapshot()) {
            if (reservation.expire(now, settings.lease().toNanos())) {
                owners.add(reservation.owner());
            }
        }
        expired.add(owners.size());
        return owners;
    }

    /**
     * What a new hold of this call could come to at this moment: decides nothing, others may take it before it is
     * reserved. {@link Amount#MOST} of what no budget limits.
     */
    public Amount free(Attribution call, long nowMillis) {
        return Windows.payable(Amount.ZERO, budgets.windows(call, nowMillis), nowMillis);
    }

    /** What a hold could grow to at this moment. */
    public Amount payable(Reservation reservation) {
        return Windows.payable(reservation.held(), reservation.windows(), now());
    }

    /** What it could come to if the call went where this attribution says, in whose accounts it may hold nothing yet. */
    public Amount payable(Reservation reservation, Attribution to, long nowMillis) {
        Window[] there = windowsFor(reservation, to, nowMillis);
        Window[] kept = Windows.without(there, Windows.without(there, reservation.windows()));
        Amount old = Windows.payable(reservation.held(), kept, now());
        Amount fresh = Windows.payable(Amount.ZERO, Windows.without(there, kept), now());
        return new Amount(Math.min(old.nanos(), fresh.nanos()), Math.min(old.tokens(), fresh.tokens()));
    }

    /** What the budgets that apply want done with a call that comes at this moment, as {@link Actions}. */
    public int actions(Attribution call, long nowMillis) {
        return Windows.actions(budgets.windows(call, nowMillis), nowMillis);
    }

    /** The account a call would be told of: the one with the least of its limit left, or null where none applies. */
    public @Nullable AccountView tightest(Reservation reservation) {
        AccountView tightest = null;
        for (Window window : reservation.windows()) {
            AccountView view = AccountView.of(window, now());
            if (tightest == null || view.balance().tighterThan(tightest.balance())) {
                tightest = view;
            }
        }
        return tightest;
    }

    /** Every account of every budget, budgets in their order; in the periods under way. */
    public List<AccountView> accounts() {
        return AccountView.of(budgets.accounts(), now());
    }

    /** Every account of one budget, or null where there is no such budget. */
    public @Nullable List<AccountView> accounts(String name) {
        Budget budget = budgets.find(name);
        return budget == null ? null : AccountView.of(budget.accounts(), now());
    }

    List<Account> allAccounts() {
        return budgets.accounts();
    }

    /** Calls under way that hold something. */
    public int holds() {
        return open.size();
    }

    /** Holds that were settled because their lease ran out. */
    public long expired() {
        return expired.sum();
    }

    /** Calls that were refused. */
    public long refused() {
        return refused.sum();
    }

    /** Calls that were counted in a budget's shared account because there was no room for one of their own. */
    public long overflowed() {
        return budgets.overflowed();
    }
}
