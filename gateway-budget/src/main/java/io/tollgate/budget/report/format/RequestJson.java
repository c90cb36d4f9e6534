package io.tollgate.budget.report.format;

import io.tollgate.budget.report.RowPage;
import io.tollgate.budget.usagelog.UsageRow;
import java.io.StringWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Ledger rows as the admin API gives them: pages of them, one as a live event, one request explained. */
public final class RequestJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private RequestJson() {}

    /** {@code {"timezone", "rows": […], "next"}}. */
    public static String page(RowPage page, ZoneId zone) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringProperty("timezone", zone.getId());
            rows(json, page.rows());
            next(json, page.next());
            json.writeEndObject();
        });
    }

    /** One row alone. */
    public static String row(UsageRow row) {
        return written(json -> RowJson.write(json, row));
    }

    /** One request: {@code {"request_id", "rows": [attempts…], "next": null, "explained": [{"decision", "text"}…]}}. */
    public static String explained(String id, List<UsageRow> attempts) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringProperty("request_id", id);
            rows(json, attempts);
            next(json, null);
            json.writeArrayPropertyStart("explained");
            RequestWords.of(attempts).forEach(sentence -> {
                json.writeStartObject();
                json.writeStringProperty("decision", sentence.decision());
                json.writeStringProperty("text", sentence.text());
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void rows(JsonGenerator json, List<UsageRow> rows) {
        json.writeArrayPropertyStart("rows");
        rows.forEach(row -> RowJson.write(json, row));
        json.writeEndArray();
    }

    private static void next(JsonGenerator json, @Nullable String next) {
        if (next == null) {
            json.writeNullProperty("next");
        } else {
            json.writeStringProperty("next", next);
        }
    }

    private static String written(Consumer<JsonGenerator> what) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            what.accept(json);
        }
        return out.toString();
    }
}
