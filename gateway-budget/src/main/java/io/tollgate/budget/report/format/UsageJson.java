package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Cents;
import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.Report;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import io.tollgate.core.usage.Usage;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Summed-up usage as JSON, the same in reports and in the admin API. */
public final class UsageJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private UsageJson() {}

    /** A whole answer: {@code {"from", "to", "timezone", "rows": […], "next": null, "total": …, "warnings": […]}}. */
    public static String write(UsageTable table) {
        return write(table, ResultPage.ALL);
    }

    /** The same with some of the rows; {@code next} says where the next ones begin. */
    public static String write(UsageTable table, ResultPage page) {
        return document(table, page, (json, row, by, place) -> write(json, row, by), json -> {});
    }

    /** The same, with what a review adds: {@code "before"}, {@code "annualised_nanos"}, {@code "charge_cents"}. */
    static String write(Report report) {
        List<Long> costsBefore = report.costsBefore();
        List<Long> cents = report.cents();
        return document(
                report.table(),
                ResultPage.ALL,
                (json, row, by, place) -> {
                    json.writeStartObject();
                    members(json, row, by);
                    if (place >= 0 && !costsBefore.isEmpty()) {
                        json.writeNumberProperty(
                                "cost_before_nanos", costsBefore.get(place).longValue());
                    }
                    if (place >= 0 && !cents.isEmpty()) {
                        json.writeNumberProperty(
                                "charge_cents", cents.get(place).longValue());
                    }
                    json.writeEndObject();
                },
                json -> review(json, report));
    }

    /** How a row looks; {@code place} is its number from 0, and -1 for the total. */
    interface RowWriter {
        void write(JsonGenerator json, UsageSummary row, List<Dimension> by, int place);
    }

    static String document(UsageTable table, ResultPage page, RowWriter writer, Consumer<JsonGenerator> more) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            moment(json, "from", table.query().period().from(), Period.EVER.from());
            moment(json, "to", table.query().period().to(), Period.EVER.to());
            json.writeStringProperty("timezone", table.query().zone().getId());
            json.writeArrayPropertyStart("rows");
            int size = table.rows().size();
            int end = page.end(size);
            for (int i = page.first(); i < end; i++) {
                writer.write(json, table.rows().get(i), table.query().by(), i);
            }
            json.writeEndArray();
            if (end < size) {
                json.writeStringProperty("next", Integer.toString(end));
            } else {
                json.writeNullProperty("next");
            }
            json.writeName("total");
            writer.write(json, table.total(), List.of(), -1);
            more.accept(json);
            json.writeArrayPropertyStart("warnings");
            String warning = Notes.warning(table);
            if (warning != null) {
                json.writeString(warning);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.append('\n').toString();
    }

    private static void review(JsonGenerator json, Report report) {
        UsageTable before = report.before();
        if (before != null) {
            json.writeObjectPropertyStart("before");
            moment(json, "from", before.query().period().from(), Period.EVER.from());
            moment(json, "to", before.query().period().to(), Period.EVER.to());
            json.writeName("total");
            write(json, before.total(), List.of());
            json.writeEndObject();
            if (report.annualisedNanos() >= 0) {
                json.writeNumberProperty("annualised_nanos", report.annualisedNanos());
            }
        }
        if (report.chargeback()) {
            json.writeNumberProperty(
                    "charge_cents", Cents.total(report.table().total().costNanos()));
            json.writeStringProperty("rounding", "largest remainder");
        }
    }

    private static void moment(JsonGenerator json, String name, long millis, long open) {
        if (millis == open) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, Instant.ofEpochMilli(millis).toString());
        }
    }

    /** One summary, its group's values named by these dimensions. */
    public static void write(JsonGenerator json, UsageSummary row, List<Dimension> by) {
        json.writeStartObject();
        members(json, row, by);
        json.writeEndObject();
    }

    private static void members(JsonGenerator json, UsageSummary row, List<Dimension> by) {
        group(json, row, by);
        json.writeNumberProperty("requests", row.requests());
        json.writeNumberProperty("attempts", row.attempts());
        json.writeName("usage");
        write(json, row.usage());
        json.writeNumberProperty("cost_nanos", row.costNanos());
        json.writeNumberProperty("baseline_nanos", row.baselineNanos());
        saved(json, row.savedNanos());
        json.writeNumberProperty("unpriced", row.unpriced());
        json.writeNumberProperty("cache_hits", row.cacheHits());
        json.writeNumberProperty("errors", row.errors());
        json.writeNumberProperty("refused", row.refused());
        json.writeObjectPropertyStart("latency_ms");
        millis(json, "p50", row.p50Micros());
        millis(json, "p95", row.p95Micros());
        json.writeEndObject();
    }

    static void group(JsonGenerator json, UsageSummary row, List<Dimension> by) {
        json.writeObjectPropertyStart("group");
        for (int i = 0; i < by.size(); i++) {
            json.writeStringProperty(by.get(i).name(), row.group().get(i));
        }
        json.writeEndObject();
        if (row.bucket() != null) {
            json.writeStringProperty("bucket", row.bucket());
        }
    }

    /** Counts; audio and searches where there are any. */
    static void write(JsonGenerator json, Usage usage) {
        json.writeStartObject();
        json.writeNumberProperty("input", usage.input());
        json.writeNumberProperty("cache_read", usage.cacheRead());
        json.writeNumberProperty("cache_write_5m", usage.cacheWrite5m());
        json.writeNumberProperty("cache_write_1h", usage.cacheWrite1h());
        json.writeNumberProperty("output", usage.output());
        json.writeNumberProperty("reasoning", usage.reasoning());
        some(json, "input_audio", usage.inputAudio());
        some(json, "cache_read_audio", usage.cacheReadAudio());
        some(json, "output_audio", usage.outputAudio());
        some(json, "web_searches", usage.webSearches());
        json.writeEndObject();
    }

    private static void some(JsonGenerator json, String name, long count) {
        if (count != 0) {
            json.writeNumberProperty(name, count);
        }
    }

    static void saved(JsonGenerator json, Map<String, Long> byLever) {
        json.writeObjectPropertyStart("saved_nanos");
        byLever.forEach((lever, nanos) -> json.writeNumberProperty(lever, nanos.longValue()));
        json.writeEndObject();
    }

    /** Microseconds as milliseconds; null for -1. */
    static void millis(JsonGenerator json, String name, long micros) {
        if (micros < 0) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, BigDecimal.valueOf(micros, 3));
        }
    }
}
