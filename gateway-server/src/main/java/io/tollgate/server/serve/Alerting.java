package io.tollgate.server.serve;

import io.tollgate.budget.alerts.Alerts;
import io.tollgate.budget.alerts.Backoff;
import io.tollgate.budget.alerts.BudgetAlert;
import io.tollgate.budget.alerts.channel.HttpSender;
import io.tollgate.budget.anomaly.AnomalyWatch;
import io.tollgate.budget.ladder.RungListener;
import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.server.config.Config;
import java.io.IOException;
import java.time.InstantSource;

/** Alerts as the gateway runs them: their journal, their receivers, and who raises them. */
final class Alerting implements AutoCloseable {
    private final HttpSender sender;
    private final AlertChannels channels;
    private final Alerts alerts;
    private final AnomalyWatch anomalies;

    private Alerting(Config config, InstantSource clock) {
        this.sender = new HttpSender(clock);
        this.channels = new AlertChannels(sender, clock);
        this.alerts = new Alerts(config.dataDir(), Backoff.DEFAULT, clock);
        this.anomalies = new AnomalyWatch(new LedgerReader(config.dataDir()), alerts, clock);
        reload(config);
        anomalies.start();
    }

    /** In the data directory, where the usage log is open. */
    static Alerting open(Config config, InstantSource clock) throws IOException {
        try {
            return new Alerting(config, clock);
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    void reload(Config config) {
        alerts.channels(channels.of(config.alerts()));
        anomalies.rules(AnomalyRuleset.of(config));
    }

    /** Journals an alert for every rung; throws where that fails, so that it is told again. */
    RungListener rungs() {
        return event -> alerts.raise(BudgetAlert.of(event));
    }

    Alerts alerts() {
        return alerts;
    }

    @Override
    public void close() {
        anomalies.close();
        alerts.close();
        sender.close();
    }
}
