package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.Lever;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Usage as a savings waterfall: the baseline, minus each lever, is the cost, to the nano-dollar. */
public final class WaterfallJson {
    private WaterfallJson() {}

    /** A whole answer, in the form of {@link UsageJson#write(UsageTable, ResultPage)}. */
    public static String write(UsageTable table, ResultPage page) {
        return UsageJson.document(table, page, (json, row, by, place) -> write(json, row, by), json -> {});
    }

    private static void write(JsonGenerator json, UsageSummary row, List<Dimension> by) {
        json.writeStartObject();
        UsageJson.group(json, row, by);
        json.writeNumberProperty("requests", row.requests());
        json.writeNumberProperty("baseline_nanos", row.baselineNanos());
        json.writeArrayPropertyStart("levers");
        Lever.all(row.savedNanos()).forEach((name, nanos) -> {
            Lever lever = Lever.of(name);
            json.writeStartObject();
            json.writeStringProperty("name", name);
            json.writeStringProperty("title", lever == null ? name : lever.title());
            json.writeNumberProperty("saved_nanos", nanos.longValue());
            json.writeBooleanProperty("estimate", lever == null || lever.isEstimate());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeNumberProperty("saved_nanos", row.savedTotalNanos());
        json.writeNumberProperty("cost_nanos", row.costNanos());
        json.writeNumberProperty("unpriced", row.unpriced());
        json.writeEndObject();
    }
}
