package io.tollgate.budget.journal;

import io.tollgate.budget.ladder.RungListener;
import io.tollgate.budget.ladder.RungReached;
import io.tollgate.budget.ledger.BudgetLedger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the budgets in the background: every second it settles holds whose lease ran out and notes which rungs
 * were reached; every few seconds it rolls up the usage log's new rows.
 */
final class BudgetKeeper implements AutoCloseable {
    private static final int ROLL_UP_EVERY = 5;
    private static final int NOTE_TIME_EVERY = 30;
    private static final int PRUNE_EVERY = 600;
    private static final Logger log = LoggerFactory.getLogger(BudgetKeeper.class);

    private final BudgetJournal journal;
    private final BudgetLedger ledger;
    private final RungNews news;
    private final RungListener listener;
    private final InstantSource clock;
    private final List<RungReached> noting = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("budgets").daemon().unstarted(task));
    private long rounds;
    private volatile boolean healthy = true;

    BudgetKeeper(
            BudgetJournal journal, BudgetLedger ledger, RungNews news, RungListener listener, InstantSource clock) {
        this.journal = journal;
        this.ledger = ledger;
        this.news = news;
        this.listener = listener;
        this.clock = clock;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.SECONDS);
    }

    private void round() {
        try {
            expire();
            rounds++;
            note(rounds % NOTE_TIME_EVERY == 0);
            if (rounds % ROLL_UP_EVERY == 0) {
                journal.catchUp();
            }
            if (rounds % PRUNE_EVERY == 0) {
                journal.prune(clock.millis());
            }
            if (!healthy) {
                log.info("the budgets' file takes notes again");
            }
            healthy = true;
        } catch (RuntimeException e) {
            if (healthy) {
                log.warn("the budgets' file takes no notes; it is tried again every second", e);
            }
            healthy = false;
        }
    }

    private void expire() {
        List<String> owners = ledger.expireLeases();
        if (!owners.isEmpty()) {
            log.warn(
                    "{} calls have not been heard of for their lease, request {} among them: settled at what was"
                            + " metered",
                    owners.size(),
                    owners.getFirst());
        }
    }

    /**
     * Tells first and notes then, so that a process killed in between tells again, and none forgets to. What cannot be
     * told or noted now is told again and noted with the next round.
     */
    private void note(boolean timeToo) {
        if (noting.isEmpty()) {
            news.drainTo(noting);
        }
        noting.forEach(listener::reached);
        if (timeToo || !noting.isEmpty()) {
            journal.note(noting, clock.millis());
            noting.clear();
        }
    }

    boolean healthy() {
        return healthy;
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("the budgets' roll-up is still running; the next start finishes it");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            note(true);
            journal.catchUp();
        } catch (RuntimeException e) {
            log.warn("the budgets' file could not be brought up to date; the next start does", e);
        }
    }
}
