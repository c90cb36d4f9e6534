package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.Report;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180, lines ending in LF). Texts that a spreadsheet would run as a formula get an apostrophe. */
final class Csv {
    private Csv() {}

    static String write(Report report) {
        UsageTable table = report.table();
        List<String> headings = new ArrayList<>();
        if (table.query().bucket() != null) {
            headings.add("bucket");
        }
        table.query().by().stream().map(Dimension::name).forEach(headings::add);
        for (Figure figure : Figure.ALL) {
            headings.add(figure.csvName());
        }
        List<Long> before = report.costsBefore();
        List<Long> cents = report.cents();
        if (report.before() != null) {
            headings.addAll(List.of("cost_before_usd", "change_usd"));
        }
        if (report.chargeback()) {
            headings.addAll(List.of("charge_usd", "rounding", "from", "to", "time_zone"));
        }
        StringBuilder out = new StringBuilder();
        line(out, headings.stream().map(Csv::text).toList());
        for (int i = 0; i < table.rows().size(); i++) {
            UsageSummary row = table.rows().get(i);
            List<String> cells = cells(row);
            if (report.before() != null) {
                cells.add(Numbers.usd(before.get(i)));
                cells.add(Numbers.usd(row.costNanos() - before.get(i)));
            }
            if (report.chargeback()) {
                cells.add(Numbers.cents(cents.get(i)));
                cells.add("largest remainder");
                cells.add(Notes.moment(
                        table.query().period().from(), table.query().zone()));
                cells.add(
                        Notes.moment(table.query().period().to(), table.query().zone()));
                cells.add(table.query().zone().getId());
            }
            line(out, cells);
        }
        return out.toString();
    }

    private static List<String> cells(UsageSummary row) {
        List<String> cells = new ArrayList<>();
        if (row.bucket() != null) {
            cells.add(row.bucket());
        }
        row.group().forEach(value -> cells.add(text(value)));
        for (Figure figure : Figure.ALL) {
            long value = figure.of(row);
            cells.add(
                    switch (figure.kind()) {
                        case COUNT -> Long.toString(value);
                        case USD -> Numbers.usd(value);
                        case MICROS -> Numbers.millis(value);
                    });
        }
        return cells;
    }

    static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        String safe = "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    static void line(StringBuilder out, List<String> cells) {
        out.append(cells.stream().collect(Collectors.joining(","))).append('\n');
    }
}
