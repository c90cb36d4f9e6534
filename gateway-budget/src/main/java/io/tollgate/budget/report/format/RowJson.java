package io.tollgate.budget.report.format;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** A ledger row as JSON, as the admin API says it. An unknown price is {@code "unpriced": true} and null, never 0. */
public final class RowJson {
    private static final DateTimeFormatter AT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private RowJson() {}

    /** One row as an object. */
    public static void write(JsonGenerator json, UsageRow row) {
        json.writeStartObject();
        json.writeStringProperty("request_id", row.requestId());
        json.writeNumberProperty("attempt", row.attempt());
        json.writeBooleanProperty("last", row.last());
        json.writeStringProperty("at", AT.format(Instant.ofEpochMilli(row.atMillis())));
        json.writeStringProperty("key", row.key());
        json.writeObjectPropertyStart("tags");
        row.tags().forEach(tag -> json.writeStringProperty(tag.getKey(), tag.getValue()));
        json.writeEndObject();
        call(json, row);
        decisions(json, row.decisions());
        metered(json, row);
        json.writeObjectPropertyStart("latency_ms");
        UsageJson.millis(json, "gateway", row.latency().gatewayMicros());
        UsageJson.millis(json, "first_byte", row.latency().firstByteMicros());
        UsageJson.millis(json, "total", row.latency().totalMicros());
        json.writeEndObject();
        json.writeNumberProperty("status", row.status());
        json.writeStringProperty("end", row.end().wireName());
        json.writeEndObject();
    }

    private static void call(JsonGenerator json, UsageRow row) {
        UsageRow.Call call = row.call();
        json.writeStringProperty("dialect", call.dialect());
        json.writeStringProperty("operation", call.operation().name().toLowerCase(Locale.ROOT));
        json.writeBooleanProperty("streamed", call.streamed());
        json.writeStringProperty("provider", call.provider());
        json.writeStringProperty("model_asked", call.modelAsked());
        json.writeStringProperty("model_sent", call.modelSent());
        json.writeStringProperty("model_answered", row.metered().report().model());
    }

    private static void decisions(JsonGenerator json, UsageRow.Decisions decisions) {
        json.writeObjectPropertyStart("route");
        json.writeStringProperty("rule", decisions.routeRule());
        json.writeStringProperty("reason", decisions.routeReason());
        json.writeEndObject();
        json.writeStringProperty("cache", decisions.cache());
        known(json, "cap", decisions.cap());
        json.writeStringProperty("cap_source", decisions.capSource());
    }

    private static void metered(JsonGenerator json, UsageRow row) {
        UsageReport report = row.metered().report();
        Cost cost = row.metered().cost();
        json.writeName("usage");
        UsageJson.write(json, report.usage());
        json.writeStringProperty("usage_source", report.source().wireName());
        if (!report.others().isEmpty()) {
            json.writeArrayPropertyStart("other_usage");
            for (OtherModelUsage other : report.others()) {
                json.writeStartObject();
                json.writeStringProperty("model", other.model());
                json.writeName("usage");
                UsageJson.write(json, other.usage());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeStringProperty("finish", report.finish());
        json.writeStringProperty("service_tier", report.serviceTier());
        json.writeStringProperty("price_version", cost.priceVersion());
        json.writeBooleanProperty("unpriced", !cost.isPriced());
        known(json, "cost_nanos", cost.isPriced() ? cost.nanos() : -1);
        known(json, "baseline_nanos", cost.isPriced() ? row.savings().baselineNanos() : -1);
        UsageJson.saved(json, row.savings().byLever());
        known(json, "stated_cost_nanos", report.statedCostNanos());
    }

    private static void known(JsonGenerator json, String name, long value) {
        if (value < 0) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }
}
