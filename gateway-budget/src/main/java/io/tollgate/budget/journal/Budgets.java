package io.tollgate.budget.journal;

import io.tollgate.budget.ladder.RungListener;
import io.tollgate.budget.ledger.BudgetLedger;
import io.tollgate.budget.ledger.BudgetRule;
import io.tollgate.budget.ledger.LedgerSettings;
import io.tollgate.budget.ledger.Raise;
import io.tollgate.core.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of budgets as a running whole: with what it remembers from before, and with a keeper in the background
 * that settles abandoned holds and keeps the memory up to date. Opens after the usage log, closes after it.
 */
public final class Budgets implements AutoCloseable {
    /**
     * A clock further behind the latest time noted than this was wrong then, not now: a restart believes it. Less, and
     * the periods that had begun stay begun.
     */
    private static final Duration BELIEVABLE = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(Budgets.class);

    private final BudgetJournal journal;
    private final BudgetLedger ledger;
    private final BudgetKeeper keeper;
    private final InstantSource clock;

    private Budgets(BudgetJournal journal, BudgetLedger ledger, BudgetKeeper keeper, InstantSource clock) {
        this.journal = journal;
        this.ledger = ledger;
        this.keeper = keeper;
        this.clock = clock;
    }

    /**
     * Opens the budgets of a data directory in which the usage log has been opened. Takes as long as it takes to read
     * the rows that were written since the file was last brought up to date; all rows of the period for a new budget.
     *
     * @param listener hears of every rung that is reached, on the keeper's thread: it may block, and what it throws on
     *     is told again. Once per period, also across restarts; twice, with the same event id, where the process died
     *     before it noted that it told
     */
    public static Budgets open(
            Path dataDir,
            List<BudgetRule> rules,
            LedgerSettings settings,
            InstantSource clock,
            Ticker ticker,
            RungListener listener) {
        BudgetJournal journal = new BudgetJournal(dataDir);
        try {
            RungNews news = new RungNews();
            BudgetLedger ledger = new BudgetLedger(settings, clock, ticker, news::add);
            Budgets budgets =
                    new Budgets(journal, ledger, new BudgetKeeper(journal, ledger, news, listener, clock), clock);
            budgets.rules(rules);
            budgets.keeper.start();
            return budgets;
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** Counts by these budgets from now on; new ones begin with what the usage log knows of their period. Blocks. */
    public synchronized void rules(List<BudgetRule> rules) {
        long now = begin();
        journal.follow(rules, now);
        journal.catchUp();
        ledger.rules(rules, journal.raises(now), journal, now);
        ledger.tellOfReached();
    }

    private long begin() {
        long now = clock.millis();
        long latest = journal.latestTime(now);
        if (latest <= now) {
            return now;
        }
        if (latest - now > BELIEVABLE.toMillis()) {
            log.warn(
                    "the clock is {} behind the latest time the budgets saw; it is believed",
                    Duration.ofMillis(latest - now));
            return now;
        }
        return latest;
    }

    /** Where calls reserve. */
    public BudgetLedger ledger() {
        return ledger;
    }

    /** Raises a limit for a time; on return it is journalled and in force. Blocks. */
    public synchronized Raise raise(Raise asked) {
        Raise raise = journal.add(asked);
        ledger.raises(journal.raises(clock.millis()));
        log.info(
                "{} raised budget {} {} by {} nano-dollars and {} tokens until {}: {}",
                raise.who(),
                raise.budget(),
                raise.account(),
                raise.nanos(),
                raise.tokens(),
                Instant.ofEpochMilli(raise.until()),
                raise.why());
        return raise;
    }

    /** Whether the memory could be brought up to date the last time; if not, a restart takes longer and loses nothing. */
    public boolean healthy() {
        return keeper.healthy();
    }

    /** Brings the memory up to date and closes it. */
    @Override
    public void close() {
        keeper.close();
        journal.close();
    }
}
