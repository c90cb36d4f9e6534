package io.tollgate.server.serve;

import io.tollgate.core.learn.LearnedFile;
import io.tollgate.core.learn.LearnedQuantiles;
import io.tollgate.core.tokens.learned.LearnedTokens;
import io.tollgate.routing.cap.LearnedCaps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been learned of calls, kept over restarts in the data directory: read at start, written every minute and at
 * the end by a thread of its own. A file that cannot be read or written is warned about; learning goes on without it.
 */
final class LearnedMemory implements AutoCloseable {
    private static final String NAME = "learned.bin";
    private static final long EVERY_SECONDS = 60;
    private static final Logger log = LoggerFactory.getLogger(LearnedMemory.class);

    private final LearnedTokens tokens = new LearnedTokens();
    private final LearnedCaps caps;
    private final List<LearnedQuantiles> memory;
    private final LearnedFile file;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("learned").daemon().unstarted(task));
    private long written;
    private boolean healthy = true;

    private LearnedMemory(Path dataDir, LearnedCaps caps) {
        this.caps = caps;
        this.memory = Stream.concat(tokens.memory().stream(), Stream.of(caps.memory()))
                .toList();
        this.file = new LearnedFile(dataDir.resolve(NAME));
    }

    /** Opens the memory of a data directory that exists. */
    static LearnedMemory open(Path dataDir, LearnedCaps caps) {
        LearnedMemory memory = new LearnedMemory(dataDir, caps);
        try {
            memory.file.read(memory.memory, caps::widen);
        } catch (IOException e) {
            log.warn("what was learned of calls cannot be read and is learned again: {}", e.toString());
        }
        var unused = memory.thread.scheduleWithFixedDelay(memory::keep, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        return memory;
    }

    LearnedTokens tokens() {
        return tokens;
    }

    LearnedCaps caps() {
        return caps;
    }

    private synchronized void keep() {
        long compared = tokens.compared();
        if (compared == written) {
            return;
        }
        try {
            memory.forEach(LearnedQuantiles::makeRoom);
            file.write(memory, caps.widening());
            written = compared;
            healthy = true;
        } catch (IOException | RuntimeException e) {
            if (healthy) {
                log.warn(
                        "what was learned of calls cannot be written; it is tried again every minute: {}",
                        e.toString());
            }
            healthy = false;
        }
    }

    /** Writes what is new. */
    @Override
    public void close() {
        thread.shutdown();
        keep();
    }
}
