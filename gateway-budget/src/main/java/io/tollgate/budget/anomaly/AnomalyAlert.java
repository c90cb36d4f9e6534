package io.tollgate.budget.anomaly;

import io.tollgate.budget.alerts.Alert;
import io.tollgate.budget.alerts.Episode;
import io.tollgate.budget.alerts.Words;
import io.tollgate.budget.ladder.Level;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A finding put into words. */
final class AnomalyAlert {
    private static final JsonFactory JSON = new JsonFactory();

    private AnomalyAlert() {}

    /** The alert that begins an episode. */
    static Alert of(Finding finding, Episode episode, Duration recent, long requests) {
        Instant at = Instant.ofEpochMilli(episode.since());
        String mostly = finding.mostly() == null ? "" : " " + finding.mostly() + ".";
        return new Alert(
                Alert.idOf("anomaly/" + finding.rule() + "/" + episode.since()),
                at,
                Alert.Kind.ANOMALY,
                Level.WARNING,
                finding.rule(),
                finding.what() + (finding.isFloor() ? " too low" : " too high") + ": " + finding.seen(),
                finding.what() + " over the last " + Findings.text(recent) + " (" + Words.count(requests)
                        + " requests): " + finding.seen() + ", " + (finding.isFloor() ? "less" : "more") + " than "
                        + finding.limitText() + "." + mostly,
                facts(finding, at, recent, requests));
    }

    private static String facts(Finding finding, Instant at, Duration recent, long requests) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("rule", finding.rule());
            json.writeStringProperty("seen", finding.seen());
            json.writeNumberProperty("value", Words.plain(finding.value()));
            json.writeNumberProperty("limit", Words.plain(finding.limit()));
            json.writeStringProperty("unit", unit(finding.rule()));
            json.writeNumberProperty("requests", requests);
            json.writeStringProperty("from", at.minus(recent).toString());
            json.writeStringProperty("to", at.toString());
            json.writeEndObject();
        }
        return out.toString();
    }

    private static String unit(String rule) {
        return switch (rule) {
            case Findings.TOKENS -> "tokens";
            case "cost_per_request_usd" -> "nano-dollars";
            case "p95_latency" -> "microseconds";
            default -> "share";
        };
    }
}
