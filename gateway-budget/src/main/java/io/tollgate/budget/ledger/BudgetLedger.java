package io.tollgate.budget.ledger;

import io.tollgate.budget.ladder.Actions;
import io.tollgate.budget.ladder.RungListener;
import io.tollgate.budget.ladder.RungReached;
import io.tollgate.core.time.Ticker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All budgets. A call reserves before it is sent and settles when it is over; whatever happens in between, each budget
 * that blocks has {@code spent + held <= limit} at every instant.
 *
 * <p>A hold is taken on all budgets that apply or on none: the accounts' own locks are taken in one order for the few
 * nanoseconds this needs, so a call that is refused by one budget never makes another look used up, not even for a
 * moment. There is no lock that calls of different budgets share. Any thread; never blocks on anything slow.
 */
public final class BudgetLedger {
    private static final Logger log = LoggerFactory.getLogger(BudgetLedger.class);

    private final LedgerSettings settings;
    private final InstantSource clock;
    private final Ticker ticker;
    private final RungListener listener;
    private final AtomicLong ids = new AtomicLong();
    private final OpenReservations open = new OpenReservations();
    private final LongAdder overflowed = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile Budget[] budgets = {};
    private volatile int version;

    /** Without budgets yet. */
    public BudgetLedger(LedgerSettings settings, InstantSource clock, Ticker ticker, RungListener listener) {
        this.settings = settings;
        this.clock = clock;
        this.ticker = ticker;
        this.listener = listener;
    }

    /**
     * Counts by these budgets from now on. A budget that counts the same calls as before keeps its accounts; others
     * begin with what {@code history} tells. May block for as long as the history does.
     *
     * @param nowMillis the moment whose periods are the current ones
     */
    public synchronized void rules(List<BudgetRule> rules, List<Raise> raises, History history, long nowMillis) {
        List<Budget> next = new ArrayList<>();
        for (BudgetRule rule : rules) {
            Budget known = find(rule.name());
            if (known != null && known.rule().counts().equals(rule.counts())) {
                known.replace(rule);
                next.add(known);
            } else {
                Budget made = new Budget(rule, settings.maxAccounts(), overflowed, nowMillis);
                made.raises(raises);
                history.recall(rule, new Recall(made, nowMillis));
                next.add(made);
            }
        }
        budgets = next.toArray(Budget[]::new);
        version++;
    }

    /** Tells of rungs that are reached without a call having come by: spent before a restart, or by other rules now. */
    public void tellOfReached() {
        long now = now();
        for (Account account : allAccounts()) {
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
        for (Budget budget : budgets) {
            budget.raises(all);
        }
    }

    private @Nullable Budget find(String name) {
        for (Budget budget : budgets) {
            if (budget.rule().name().equals(name)) {
                return budget;
            }
        }
        return null;
    }

    /** The budgets' rules as they are now. */
    public List<BudgetRule> rules() {
        return Arrays.stream(budgets).map(Budget::rule).toList();
    }

    /** Whether there are any budgets. */
    public boolean hasBudgets() {
        return budgets.length > 0;
    }

    /** Changes whenever other rules take hold. */
    public int version() {
        return version;
    }

    /** Whether any budget looks at this dimension. */
    public boolean looksAt(String dimension) {
        for (Budget budget : budgets) {
            if (budget.rule().looksAt(dimension)) {
                return true;
            }
        }
        return false;
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
            Reserved reserved = tryReserve(owner, windows(call, nowMillis), ask, floor, nowMillis);
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
        lockAll(windows);
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
            unlockAll(windows);
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
        unlockAll(windows);
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
        charge(windows(call, nowMillis), now(), actual);
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
        Window[] windows = windows(call, nowMillis);
        for (int i = 0; i < windows.length; i++) {
            for (Window held : reservation.windows()) {
                if (held.account.equals(windows[i].account)) {
                    windows[i] = held;
                }
            }
        }
        return windows;
    }

    /** The periods of the accounts a call counts in, in the order in which they are locked. */
    private Window[] windows(Attribution call, long now) {
        Budget[] all = budgets;
        Window[] windows = new Window[all.length];
        int count = 0;
        for (Budget budget : all) {
            if (budget.rule().applies(call)) {
                Window window = budget.accountOf(call, now).window(now);
                int at = count++;
                while (at > 0 && windows[at - 1].account.order > window.account.order) {
                    windows[at] = windows[at - 1];
                    at--;
                }
                windows[at] = window;
            }
        }
        return count == windows.length ? windows : Arrays.copyOf(windows, count);
    }

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

    void announce(Window[] windows) {
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
        return payable(Amount.ZERO, windows(call, nowMillis), nowMillis);
    }

    /** What a hold could grow to at this moment. */
    public Amount payable(Reservation reservation) {
        return payable(reservation.held(), reservation.windows(), now());
    }

    /** What it could come to if the call went where this attribution says, in whose accounts it may hold nothing yet. */
    public Amount payable(Reservation reservation, Attribution to, long nowMillis) {
        Window[] there = windowsFor(reservation, to, nowMillis);
        Window[] kept = Reservation.without(there, Reservation.without(there, reservation.windows()));
        Amount old = payable(reservation.held(), kept, now());
        Amount fresh = payable(Amount.ZERO, Reservation.without(there, kept), now());
        return new Amount(Math.min(old.nanos(), fresh.nanos()), Math.min(old.tokens(), fresh.tokens()));
    }

    /** What the budgets that apply want done with a call that comes at this moment, as {@link Actions}. */
    public int actions(Attribution call, long nowMillis) {
        int actions = Actions.NONE;
        for (Window window : windows(call, nowMillis)) {
            window.lock();
            window.refresh(nowMillis);
            actions |= window.actions();
            window.unlock();
        }
        return actions;
    }

    private static Amount payable(Amount held, Window[] windows, long now) {
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

    /** The account a call would be told of: the one with the least of its limit left, or null where none applies. */
    public @Nullable AccountView tightest(Reservation reservation) {
        AccountView tightest = null;
        for (Window window : reservation.windows()) {
            AccountView view = view(window, now());
            if (tightest == null || view.balance().tighterThan(tightest.balance())) {
                tightest = view;
            }
        }
        return tightest;
    }

    /** Every account of every budget, budgets in their order; in the periods under way. */
    public List<AccountView> accounts() {
        List<AccountView> all = new ArrayList<>();
        for (Budget budget : budgets) {
            all.addAll(accounts(budget));
        }
        return all;
    }

    /** Every account of one budget, or null where there is no such budget. */
    public @Nullable List<AccountView> accounts(String name) {
        Budget budget = find(name);
        return budget == null ? null : accounts(budget);
    }

    private List<AccountView> accounts(Budget budget) {
        long now = now();
        return budget.accounts().stream()
                .map(account -> view(account.window(now), now))
                .toList();
    }

    List<Account> allAccounts() {
        return Arrays.stream(budgets)
                .flatMap(budget -> budget.accounts().stream())
                .toList();
    }

    private static AccountView view(Window window, long now) {
        window.lock();
        try {
            window.refresh(now);
            return new AccountView(
                    window.account.budget.rule(),
                    window.account.each(),
                    window.span,
                    window.balance(),
                    window.account.budget.raisesOf(window.account.values, now));
        } finally {
            window.unlock();
        }
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
        return overflowed.sum();
    }

    private record Recall(Budget budget, long now) implements History.Recalled {
        @Override
        public void spent(List<String> account, long periodFrom, long nanos, long tokens) {
            if (isCurrent(periodFrom) && (nanos | tokens) != 0) {
                Window window = budget.account(account, now).window(now);
                window.lock();
                window.restore(nanos, tokens);
                window.unlock();
            }
        }

        @Override
        public void reached(List<String> account, long periodFrom, String rungId, long atMillis) {
            if (isCurrent(periodFrom)) {
                Window window = budget.account(account, now).window(now);
                window.lock();
                window.restoreReached(rungId, atMillis);
                window.unlock();
            }
        }

        private boolean isCurrent(long periodFrom) {
            return budget.spanAt(now).from() == periodFrom;
        }
    }
}
