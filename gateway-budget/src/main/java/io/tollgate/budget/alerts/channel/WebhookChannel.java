package io.tollgate.budget.alerts.channel;

import io.tollgate.budget.alerts.Alert;
import io.tollgate.budget.alerts.Channel;
import io.tollgate.budget.alerts.Verdict;
import io.tollgate.budget.ladder.Level;
import io.tollgate.core.provider.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * JSON to any URL, signed where a secret is shared ({@link WebhookSignature}); a receiver drops duplicates by {@code
 * x-tollgate-event-id}, which is also the body's {@code id}.
 *
 * @param url which may hold a credential
 * @param secret shared with the receiver, or null for none
 */
public record WebhookChannel(
        Target target, Secret url, @Nullable Secret secret, HttpSender sender, InstantSource clock) implements Channel {
    /** The header with the event's id. */
    public static final String EVENT_ID = "x-tollgate-event-id";

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public String type() {
        return "webhook";
    }

    @Override
    public Level minLevel() {
        return target.minLevel();
    }

    @Override
    public Verdict send(Alert alert) throws InterruptedException {
        byte[] body = JsonBody.object(json -> {
            json.writeStringProperty("id", alert.id());
            json.writeStringProperty("at", alert.at().toString());
            json.writeStringProperty("kind", alert.kind().wireName());
            json.writeStringProperty("severity", alert.severity().wireName());
            json.writeStringProperty("name", alert.subject());
            json.writeStringProperty("title", alert.title());
            json.writeStringProperty("text", alert.text());
            json.writeName("facts");
            json.writeRawValue(alert.facts());
        });
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url.reveal())).header(EVENT_ID, alert.id());
        Secret shared = secret;
        if (shared != null) {
            request.header(WebhookSignature.HEADER, WebhookSignature.of(body, clock.instant(), shared));
        }
        return sender.post(request, body);
    }
}
