package io.tollgate.budget.view;

import io.tollgate.budget.alerts.Alert;
import io.tollgate.budget.alerts.AlertEntry;
import io.tollgate.budget.alerts.Delivery;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Alerts and how their deliveries stand, as JSON. Channels go by name: their addresses are secrets. */
public final class AlertJson {
    private static final JsonFactory JSON = new JsonFactory();

    private AlertJson() {}

    /** {@code {"rows": […], "next": …}}; {@code next} is the {@code before} of the next page, null on the last. */
    public static String page(List<AlertEntry> entries, int limit) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("rows");
            entries.forEach(entry -> write(json, entry));
            json.writeEndArray();
            if (entries.size() < limit) {
                json.writeNullProperty("next");
            } else {
                json.writeStringProperty("next", Long.toString(entries.getLast().seq()));
            }
            json.writeEndObject();
        }
        return out.append('\n').toString();
    }

    private static void write(JsonGenerator json, AlertEntry entry) {
        Alert alert = entry.alert();
        json.writeStartObject();
        json.writeStringProperty("id", alert.id());
        json.writeStringProperty("at", alert.at().toString());
        json.writeStringProperty("kind", alert.kind().wireName());
        json.writeStringProperty("severity", alert.severity().wireName());
        json.writeStringProperty("name", alert.subject());
        json.writeStringProperty("title", alert.title());
        json.writeStringProperty("text", alert.text());
        json.writeName("facts");
        json.writeRawValue(alert.facts());
        json.writeArrayPropertyStart("deliveries");
        entry.deliveries().forEach(delivery -> write(json, delivery));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Delivery delivery) {
        json.writeStartObject();
        json.writeStringProperty("channel", delivery.channel());
        json.writeStringProperty("state", delivery.state().wireName());
        json.writeNumberProperty("attempts", delivery.attempts());
        json.writeStringProperty("next_attempt_at", moment(delivery.nextAt()));
        json.writeStringProperty("ended_at", moment(delivery.endedAt()));
        json.writeStringProperty("error", delivery.error());
        json.writeEndObject();
    }

    private static @Nullable String moment(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis).toString();
    }
}
