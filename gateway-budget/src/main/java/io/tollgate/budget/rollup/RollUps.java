package io.tollgate.budget.rollup;

import io.tollgate.budget.sqlite.SqliteFile;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.sqlite.LedgerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the roll-ups of a data directory up to date in the background. They are made of the ledger's rows and of nothing
 * else: a file that is damaged, of another version, of another ledger or of another time zone is made again, meanwhile
 * questions are answered from the rows.
 */
public final class RollUps implements AutoCloseable {
    /** Combinations kept of one unit of time; with more it is answered from the rows. */
    public static final int MOST_CELLS = 50_000;

    private static final int PAGE = 20_000;
    private static final long ROUND_MILLIS = 2_000;
    private static final int PRUNE_EVERY = 1_800;
    private static final Logger log = LoggerFactory.getLogger(RollUps.class);

    private final SqliteFile file;
    private final LedgerFile ledger;
    private final InstantSource clock;
    private final int page;
    private final int mostCells;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("roll-ups").daemon().unstarted(task));
    private volatile ZoneId zone;
    private @Nullable RollUpWriter writer;
    private long rounds;
    private boolean failing;

    /** Of the ledger in this directory, by days of this zone; {@link #start} begins. */
    public RollUps(Path dataDir, ZoneId zone, InstantSource clock) {
        this(dataDir, zone, clock, PAGE, MOST_CELLS);
    }

    /** With this many rows in a transaction, and so many combinations kept of one unit of time. */
    public RollUps(Path dataDir, ZoneId zone, InstantSource clock, int page, int mostCells) {
        this.file = RollUpFile.in(dataDir);
        this.ledger = LedgerFile.in(dataDir);
        this.zone = zone;
        this.clock = clock;
        this.page = page;
        this.mostCells = mostCells;
    }

    /** Looks for new rows every two seconds from now on. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::round, 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Has days begin in this zone; if that is another, all is made again in the background. */
    public void zone(ZoneId next) {
        zone = next;
    }

    private void round() {
        try {
            catchUpWithPauses();
            RollUpWriter open = writer;
            if (++rounds % PRUNE_EVERY == 0 && open != null) {
                open.prune(clock.millis());
            }
            if (failing) {
                log.info("roll-ups are kept up to date again");
            }
            failing = false;
        } catch (SQLException | RuntimeException e) {
            if (!failing) {
                log.warn("roll-ups cannot be kept up to date; reports read the rows instead", e);
            }
            failing = true;
            drop();
        }
    }

    /** Each pause as long as the work before it: making all again must not take a core from calls. */
    private void catchUpWithPauses() throws SQLException {
        long begun = System.nanoTime();
        while (step() && !thread.isShutdown()) {
            LockSupport.parkNanos(System.nanoTime() - begun);
            begun = System.nanoTime();
        }
    }

    /** Adds a page of rows; whether there may be more. */
    public boolean step() throws SQLException {
        return writer().catchUp(page, clock.millis());
    }

    /** Adds all rows there are. */
    public void catchUp() throws SQLException {
        while (step()) {}
    }

    private RollUpWriter writer() throws SQLException {
        RollUpWriter open = writer;
        if (open != null && open.isOfZone(zone)) {
            return open;
        }
        drop();
        RollUpWriter next = openOrMakeAgain();
        writer = next;
        return next;
    }

    private RollUpWriter openOrMakeAgain() throws SQLException {
        RollUpWriter found = null;
        try {
            found = new RollUpWriter(file, ledger, zone, mostCells);
            if (found.isUsable()) {
                return found;
            }
            log.info("{} is not of this ledger or time zone, or is damaged: it is made again", file.path());
        } catch (StoreException | SQLException e) {
            log.warn("{} cannot be used and is made again: {}", file.path(), e.getMessage());
        }
        if (found != null) {
            found.close();
        }
        delete();
        return new RollUpWriter(file, ledger, zone, mostCells);
    }

    private void delete() {
        try {
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Files.deleteIfExists(file.path().resolveSibling(file.path().getFileName() + suffix));
            }
        } catch (IOException e) {
            throw new StoreException(file.path() + " cannot be deleted: " + e, e);
        }
    }

    /** What failed is opened, and looked at, anew. */
    private void drop() {
        RollUpWriter open = writer;
        writer = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                log.debug("a failed connection to the roll-ups did not close", e);
            }
        }
    }

    /** Stops; the next start goes on where it stopped. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("the roll-ups are still being written; the next start finishes them");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        drop();
    }
}
