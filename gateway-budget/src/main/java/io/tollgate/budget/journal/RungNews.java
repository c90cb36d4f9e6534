package io.tollgate.budget.journal;

import io.tollgate.budget.ladder.RungReached;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rungs reached that the journal has not noted yet. Bounded; any thread adds, the keeper takes. */
final class RungNews {
    private static final int MOST = 100_000;
    private static final Logger log = LoggerFactory.getLogger(RungNews.class);

    private final Queue<RungReached> waiting = new LinkedBlockingQueue<>(MOST);

    void add(RungReached event) {
        if (!waiting.offer(event)) {
            log.warn("{} rungs wait to be noted; {} may be told of again after a restart", MOST, event.eventId());
        }
    }

    void drainTo(Collection<RungReached> into) {
        for (RungReached event = waiting.poll(); event != null; event = waiting.poll()) {
            into.add(event);
        }
    }
}
