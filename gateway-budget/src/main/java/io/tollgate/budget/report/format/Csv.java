package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180, lines ending in LF). Texts that a spreadsheet would run as a formula get an apostrophe. */
final class Csv {
    private Csv() {}

    static String write(UsageTable table) {
        List<String> headings = new ArrayList<>();
        if (table.query().bucket() != null) {
            headings.add("bucket");
        }
        table.query().by().stream().map(Dimension::name).forEach(headings::add);
        for (Figure figure : Figure.ALL) {
            headings.add(figure.csvName());
        }
        StringBuilder out = new StringBuilder();
        line(out, headings.stream().map(Csv::text).toList());
        table.rows().forEach(row -> line(out, cells(row)));
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

    private static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        String safe = "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    private static void line(StringBuilder out, List<String> cells) {
        out.append(cells.stream().collect(Collectors.joining(","))).append('\n');
    }
}
