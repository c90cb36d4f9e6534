package io.tollgate.cache.store.disk;

import io.tollgate.cache.store.StoreCounters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a disk that refuses: every time in a counter, once in the log until it works again. */
final class Complaint {
    private static final Logger log = LoggerFactory.getLogger(Complaint.class);

    private final Path folder;
    private final StoreCounters counters;
    private final AtomicBoolean complaining = new AtomicBoolean();

    Complaint(Path folder, StoreCounters counters) {
        this.folder = folder;
        this.counters = counters;
    }

    void failed(IOException e) {
        counters.failed();
        if (complaining.compareAndSet(false, true)) {
            log.warn(
                    "the cache's folder {} fails; answers are not kept there until it works: {}", folder, e.toString());
        }
    }

    void worked() {
        if (complaining.compareAndSet(true, false)) {
            log.info("the cache's folder {} works again", folder);
        }
    }
}
