package io.tollgate.budget.waste;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.format.DateTimeFormatter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** How findings are written. */
public enum WasteFormat {
    /** For a terminal. */
    TABLE {
        @Override
        public String write(WasteReport report) {
            StringBuilder out = new StringBuilder(heading(report)).append("\n\n");
            for (Finding finding : report.findings()) {
                out.append(String.format("%14s USD/month  %s%n", usd(finding), finding.title()))
                        .append("                           ")
                        .append(clean(finding.detail()))
                        .append('\n')
                        .append("                           set ")
                        .append(finding.setting())
                        .append('\n')
                        .append("                           e.g. ")
                        .append(clean(String.join(", ", finding.examples())))
                        .append("\n\n");
            }
            return out.append(footing(report)).append('\n').toString();
        }
    },
    /** As the admin API says it. */
    JSON {
        @Override
        public String write(WasteReport report) {
            StringWriter out = new StringWriter();
            try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
                json.writeStartObject();
                json.writeStringProperty("from", report.from().toString());
                json.writeStringProperty("to", report.to().toString());
                json.writeStringProperty("time_zone", report.zone().getId());
                json.writeArrayPropertyStart("rows");
                report.findings().forEach(finding -> row(json, finding));
                json.writeEndArray();
                json.writeEndObject();
            }
            return out.append('\n').toString();
        }
    },
    /** A Markdown table. */
    MD {
        @Override
        public String write(WasteReport report) {
            StringBuilder out = new StringBuilder(heading(report)).append("\n\n");
            if (!report.findings().isEmpty()) {
                out.append("| USD/month | finding | detail | setting | examples |\n|---:|---|---|---|---|\n");
            }
            for (Finding finding : report.findings()) {
                for (String cell : List.of(
                        usd(finding),
                        finding.title(),
                        finding.detail(),
                        finding.setting(),
                        String.join(", ", finding.examples()))) {
                    out.append("| ").append(escaped(cell)).append(' ');
                }
                out.append("|\n");
            }
            return out.append(report.findings().isEmpty() ? "" : "\n")
                    .append(footing(report))
                    .append('\n')
                    .toString();
        }
    };

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmxxx");

    /** The whole report, ending in a line break. */
    public abstract String write(WasteReport report);

    private static String heading(WasteReport report) {
        return "Waste from " + report.from().atZone(report.zone()).format(MOMENT) + " to "
                + report.to().atZone(report.zone()).format(MOMENT) + " (" + report.zone() + ")";
    }

    private static String footing(WasteReport report) {
        return report.findings().isEmpty()
                ? "Nothing found."
                : "Amounts are estimates for 30 days at the period's pace; findings overlap, so they do not add up.";
    }

    private static String usd(Finding finding) {
        return BigDecimal.valueOf(finding.usdMonthNanos(), 9)
                .setScale(2, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static void row(JsonGenerator json, Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("kind", finding.kind().wireName());
        json.writeStringProperty("title", finding.title());
        json.writeStringProperty("detail", finding.detail());
        json.writeNumberProperty("usd_month_nanos", finding.usdMonthNanos());
        json.writeBooleanProperty("estimated", true);
        json.writeNumberProperty("requests", finding.requests());
        json.writeStringProperty("setting", finding.setting());
        json.writeArrayPropertyStart("examples");
        finding.examples().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "\uFFFD");
    }

    private static String escaped(String cell) {
        return clean(cell).replaceAll("([\\\\`*_\\[\\]<>|#!~&])", "\\\\$1");
    }
}
