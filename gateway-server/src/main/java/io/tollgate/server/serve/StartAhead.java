package io.tollgate.server.serve;

import io.tollgate.server.config.prices.PricesFile;
import io.tollgate.server.loop.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * What a start needs whatever its configuration says, begun beside the reading of the command line and of that file:
 * together it takes as long as all the rest. Whoever needs a part waits for it; a failure shows where it is needed.
 */
public final class StartAhead {
    private StartAhead() {}

    /** Begins, on threads of its own. */
    public static void begin() {
        begin(PricesFile::builtIn);
        // Before there is a second thread that logs: SLF4J would keep what it says meanwhile, and warn of that.
        Logger log = LoggerFactory.getLogger(StartAhead.class);
        begin(() -> nativeLibraries(log));
    }

    private static void begin(Runnable part) {
        Thread.ofPlatform().daemon().name("start-ahead").start(part);
    }

    private static void nativeLibraries(Logger log) {
        try {
            SQLiteJDBCLoader.initialize();
            Transport.best();
        } catch (Exception | LinkageError e) {
            log.debug("not loaded ahead", e);
        }
    }
}
