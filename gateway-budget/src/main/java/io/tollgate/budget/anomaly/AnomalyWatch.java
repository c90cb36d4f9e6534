package io.tollgate.budget.anomaly;

import io.tollgate.budget.alerts.Alerts;
import io.tollgate.budget.alerts.Episode;
import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the latest usage every half minute, in the background, and raises an alert when a rule's figure leaves what is
 * ordinary: once for each episode, which lasts until the figure has been ordinary again for as long as the recent time.
 * Episodes are journalled with their alert, so a restart neither forgets nor repeats one.
 */
public final class AnomalyWatch implements AutoCloseable {
    private static final long EVERY_SECONDS = 30;
    private static final List<Dimension> BY =
            List.of(Dimension.of("feature"), Dimension.of("provider"), Dimension.of("model"));
    private static final Logger log = LoggerFactory.getLogger(AnomalyWatch.class);

    private final LedgerReader ledger;
    private final Alerts alerts;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("anomalies").daemon().unstarted(task));
    private volatile AnomalyRules rules = AnomalyRules.NONE;
    private @Nullable Map<String, Episode> episodes;
    private boolean failing;

    /** Over this ledger; watches nothing yet. */
    public AnomalyWatch(LedgerReader ledger, Alerts alerts, InstantSource clock) {
        this.ledger = ledger;
        this.alerts = alerts;
        this.clock = clock;
    }

    /** Watches by these rules from now on. */
    public void rules(AnomalyRules next) {
        rules = next;
    }

    /** Looks every half minute from now on. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::round, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void round() {
        try {
            look();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("anomalies cannot be looked for; it is tried again", e);
            }
            failing = true;
        }
    }

    /** Looks once. Blocks; one caller at a time. */
    synchronized void look() {
        AnomalyRules current = rules;
        Map<String, Episode> open = episodes();
        if (!current.watchAnything() && open.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        long begin = now.minus(current.recent()).toEpochMilli();
        UsageTable table = usage(begin, now.toEpochMilli(), BY);
        Recent recent = new Recent(table.rows(), table.total());
        List<Finding> findings = table.total().answered() < current.minRequests()
                ? List.of()
                : Findings.of(current, recent, before(current, now, begin), now);
        Map<String, Episode> unmentioned = new HashMap<>(open);
        for (Finding finding : findings) {
            Episode episode = unmentioned.remove(finding.rule());
            if (episode != null) {
                goOn(episode, finding.isOut() || !finding.isCalm(), now.toEpochMilli(), current);
            } else if (finding.isOut()) {
                begin(finding, now.toEpochMilli(), current, table.total().answered());
            }
        }
        // Without a figure, for want of requests or of the rule, nothing is out of the ordinary.
        unmentioned.values().forEach(episode -> goOn(episode, false, now.toEpochMilli(), current));
    }

    private @Nullable UsageSummary before(AnomalyRules current, Instant now, long begin) {
        if (current.tokensPerRequest() == null) {
            return null;
        }
        long from = now.minus(current.window()).toEpochMilli();
        UsageSummary before = from < begin ? usage(from, begin, List.of()).total() : null;
        return before == null || before.answered() < current.minRequests() ? null : before;
    }

    private UsageTable usage(long from, long to, List<Dimension> by) {
        return ledger.usage(new UsageQuery(new Period(from, to), Map.of(), by, null, ZoneOffset.UTC));
    }

    private void begin(Finding finding, long now, AnomalyRules current, long requests) {
        Episode episode = Episode.beginning(finding.rule(), now);
        alerts.raise(AnomalyAlert.of(finding, episode, current.recent(), requests), episode);
        episodes().put(finding.rule(), episode);
    }

    private void goOn(Episode episode, boolean isOut, long now, AnomalyRules current) {
        if (isOut) {
            if (episode.isCalm()) {
                note(episode.calm(-1));
            }
        } else if (!episode.isCalm()) {
            note(episode.calm(now));
        } else if (now - episode.calmSince() >= current.recent().toMillis()) {
            alerts.end(episode.rule());
            episodes().remove(episode.rule());
            log.info("{} has been ordinary again for {}", episode.rule(), current.recent());
        }
    }

    private void note(Episode episode) {
        alerts.note(episode);
        episodes().put(episode.rule(), episode);
    }

    private Map<String, Episode> episodes() {
        Map<String, Episode> known = episodes;
        if (known == null) {
            known = new HashMap<>();
            for (Episode episode : alerts.episodes()) {
                known.put(episode.rule(), episode);
            }
            episodes = known;
        }
        return known;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("anomalies are still being looked for");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
