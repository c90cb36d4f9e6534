package io.tollgate.budget.alerts;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts as a running whole: an alert is journalled when {@link #raise} returns, and delivered in the background, at
 * least once to each channel, also by the next process. Nothing here is on the way of a call.
 */
public final class Alerts implements AutoCloseable {
    /** Entries on one page, at most. */
    public static final int MAX_PAGE = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Alerts.class);

    private final AlertJournal journal;
    private final DeliveryCounts counts = new DeliveryCounts();
    private final Backoff backoff;
    private final InstantSource clock;
    private final ScheduledExecutorService pruning = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("alerts-prune").daemon().unstarted(task));
    private volatile List<Channel> channels = List.of();
    private List<ChannelWorker> workers = List.of();

    /** Opens the journal of a data directory, which exists; nothing is delivered before {@link #channels}. */
    public Alerts(Path dataDir, Backoff backoff, InstantSource clock) {
        this.journal = new AlertJournal(dataDir);
        this.backoff = backoff;
        this.clock = clock;
        var unused = pruning.scheduleWithFixedDelay(this::prune, 1, 60, TimeUnit.MINUTES);
    }

    private void prune() {
        try {
            journal.prune(clock.millis());
        } catch (RuntimeException e) {
            log.warn("old alerts cannot be forgotten; it is tried again in an hour", e);
        }
    }

    /** Delivers to these from now on; what waits for a channel of the same name goes to the new one. Blocks. */
    public synchronized void channels(List<? extends Channel> next) {
        workers.forEach(ChannelWorker::stop);
        channels = List.copyOf(next);
        Set<String> names = channels.stream().map(Channel::name).collect(Collectors.toSet());
        int given = journal.keepOnly(names, clock.millis());
        if (given > 0) {
            log.warn("{} alerts that waited are given up: their channels are no longer configured", given);
        }
        List<ChannelWorker> started = new ArrayList<>();
        for (Channel channel : channels) {
            ChannelWorker worker = new ChannelWorker(channel, journal, counts, backoff, clock);
            worker.start();
            started.add(worker);
        }
        workers = List.copyOf(started);
    }

    /**
     * Journals an alert and has it delivered; one that was raised before is passed over. Blocks on the file.
     *
     * @return whether it is new
     */
    public boolean raise(Alert alert) {
        return raised(journal.raise(alert, channels, clock.millis()), alert);
    }

    /** The same for an alert that begins an episode; both are journalled or none. */
    public boolean raise(Alert alert, Episode episode) {
        return raised(journal.raise(alert, channels, clock.millis(), episode), alert);
    }

    private boolean raised(boolean isNew, Alert alert) {
        if (isNew) {
            log.info("alert {} ({}): {}", alert.id(), alert.severity().wireName(), alert.text());
            wake();
        }
        return isNew;
    }

    private synchronized void wake() {
        workers.forEach(ChannelWorker::wake);
    }

    /** Episodes that have not ended. */
    public List<Episode> episodes() {
        return journal.episodes();
    }

    /** Notes how an episode goes on. */
    public void note(Episode episode) {
        journal.note(episode);
    }

    /** Notes that a rule's episode is over. */
    public void end(String rule) {
        journal.end(rule);
    }

    /** What was raised, newest first, from before this place in the journal. */
    public List<AlertEntry> page(long before, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit " + limit + ": expected 1 to " + MAX_PAGE);
        }
        return journal.page(before, limit);
    }

    /** Deliveries that wait, to channels of this type. */
    public long pending(String type) {
        return journal.pending(type);
    }

    /** Deliveries since the start. */
    public DeliveryCounts counts() {
        return counts;
    }

    /** Stops delivering; what waits is delivered after the next start. */
    @Override
    public synchronized void close() {
        pruning.shutdownNow();
        workers.forEach(ChannelWorker::stop);
        workers = List.of();
        journal.close();
    }
}
