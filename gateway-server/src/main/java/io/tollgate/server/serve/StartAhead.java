package io.tollgate.server.serve;

import io.tollgate.server.config.prices.PricesFile;
import io.tollgate.server.loop.Transport;
import java.util.List;
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
        for (Runnable part : List.<Runnable>of(PricesFile::builtIn, StartAhead::nativeLibraries)) {
            Thread.ofPlatform().daemon().name("start-ahead").start(part);
        }
    }

    private static void nativeLibraries() {
        try {
            SQLiteJDBCLoader.initialize();
            Transport.best();
        } catch (Exception | LinkageError e) {
            LoggerFactory.getLogger(StartAhead.class).debug("not loaded ahead", e);
        }
    }
}
