package io.tollgate.budget.alerts.channel;

import io.tollgate.budget.alerts.Alert;
import io.tollgate.budget.alerts.Channel;
import io.tollgate.budget.alerts.Verdict;
import io.tollgate.budget.ladder.Level;
import io.tollgate.core.provider.Secret;
import java.net.URI;
import java.net.http.HttpRequest;

/**
 * PagerDuty's Events API v2: an event of type {@code trigger}, whose {@code dedup_key} is the alert's id.
 *
 * @param url of the API
 * @param routingKey the integration's key
 */
public record PagerDutyChannel(Target target, Secret url, Secret routingKey, HttpSender sender) implements Channel {
    /** The API's address outside the EU's service region. */
    public static final String DEFAULT_URL = "https://events.pagerduty.com/v2/enqueue";

    private static final int MOST_SUMMARY = 1024;

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public String type() {
        return "pagerduty";
    }

    @Override
    public Level minLevel() {
        return target.minLevel();
    }

    @Override
    public Verdict send(Alert alert) throws InterruptedException {
        String text = alert.text();
        String summary = text.length() <= MOST_SUMMARY ? text : text.substring(0, MOST_SUMMARY - 1) + "…";
        byte[] body = JsonBody.object(json -> {
            json.writeStringProperty("routing_key", routingKey.reveal());
            json.writeStringProperty("event_action", "trigger");
            json.writeStringProperty("dedup_key", alert.id());
            json.writeObjectPropertyStart("payload");
            json.writeStringProperty("summary", summary);
            json.writeStringProperty("source", "tollgate");
            json.writeStringProperty("severity", alert.severity().wireName());
            json.writeStringProperty("timestamp", alert.at().toString());
            json.writeStringProperty("component", alert.subject());
            json.writeStringProperty("class", alert.kind().wireName());
            json.writeName("custom_details");
            json.writeRawValue(alert.facts());
            json.writeEndObject();
        });
        return sender.post(HttpRequest.newBuilder(URI.create(url.reveal())), body);
    }
}
