package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Cents;
import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.Report;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A report as a grid of cells with a total below, for people. What callers wrote is shown without control characters. */
final class Grid {
    static final String NO_VALUE = "(none)";

    private final Report report;
    private final UsageTable table;
    private final List<Figure> figures =
            Figure.ALL.stream().filter(f -> f.heading() != null).toList();
    private final int labels;
    private final List<List<String>> lines = new ArrayList<>();

    Grid(Report report) {
        this.report = report;
        this.table = report.table();
        List<String> headings = new ArrayList<>();
        if (table.query().bucket() != null) {
            headings.add(table.query().bucket().name().toLowerCase(Locale.ROOT));
        }
        table.query().by().stream().map(Dimension::name).forEach(headings::add);
        labels = Math.max(1, headings.size());
        if (headings.isEmpty()) {
            headings.add("");
        }
        figures.stream().map(f -> Objects.requireNonNull(f.heading())).forEach(headings::add);
        if (report.before() != null) {
            headings.addAll(List.of("before USD", "change"));
        }
        if (report.chargeback()) {
            headings.add("charge USD");
        }
        lines.add(headings);
        int[] decimals = figures.stream().mapToInt(this::decimals).toArray();
        boolean grouped = table.query().bucket() != null || !table.query().by().isEmpty();
        if (grouped) {
            List<Long> before = report.costsBefore();
            List<Long> cents = report.cents();
            for (int i = 0; i < table.rows().size(); i++) {
                UsageSummary row = table.rows().get(i);
                List<String> cells = line(labels(row), row, decimals);
                more(cells, row.costNanos(), before.isEmpty() ? 0 : before.get(i), cents.isEmpty() ? 0 : cents.get(i));
                lines.add(cells);
            }
        }
        List<String> total = new ArrayList<>(List.of("total"));
        while (total.size() < labels) {
            total.add("");
        }
        List<String> sum = line(total, table.total(), decimals);
        UsageTable then = report.before();
        long cost = table.total().costNanos();
        more(sum, cost, then == null ? 0 : then.total().costNanos(), Cents.total(cost));
        lines.add(sum);
    }

    private void more(List<String> cells, long cost, long before, long cents) {
        if (report.before() != null) {
            cells.add(Numbers.usd(before));
            cells.add(Numbers.change(cost, before));
        }
        if (report.chargeback()) {
            cells.add(Numbers.cents(cents));
        }
    }

    /** Headings, rows and total. */
    List<List<String>> lines() {
        return lines;
    }

    /** How many cells of a line say what it is of. */
    int labels() {
        return labels;
    }

    private int decimals(Figure figure) {
        return figure.kind() != Figure.Kind.USD
                ? 0
                : Stream.concat(table.rows().stream(), Stream.of(table.total()))
                        .mapToInt(row -> Numbers.decimals(figure.of(row)))
                        .max()
                        .orElse(0);
    }

    private static List<String> labels(UsageSummary row) {
        List<String> cells = new ArrayList<>();
        if (row.bucket() != null) {
            cells.add(row.bucket());
        }
        row.group().forEach(value -> cells.add(clean(value)));
        return cells;
    }

    private static String clean(@Nullable String value) {
        return value == null ? NO_VALUE : value.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "\uFFFD");
    }

    private List<String> line(List<String> labelCells, UsageSummary row, int[] decimals) {
        List<String> cells = new ArrayList<>(labelCells);
        for (int i = 0; i < figures.size(); i++) {
            long value = figures.get(i).of(row);
            cells.add(
                    switch (figures.get(i).kind()) {
                        case COUNT -> Numbers.grouped(value);
                        case USD -> Numbers.usd(value, decimals[i]);
                        case MICROS -> Numbers.millis(value);
                    });
        }
        return cells;
    }

    String asText() {
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(line.get(i)));
            }
        }
        StringBuilder out = new StringBuilder(Notes.title(table)).append("\n\n");
        for (int n = 0; n < lines.size(); n++) {
            boolean total = n > 1 && n == lines.size() - 1;
            if (n == 1 || total) {
                rule(out, widths);
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = lines.get(n).get(i);
                String padding = " ".repeat(widths[i] - width(cell));
                text.append(i == 0 ? "" : "  ").append(i < labels ? cell + padding : padding + cell);
            }
            out.append(text.toString().stripTrailing()).append('\n');
        }
        return foot(out.append('\n'));
    }

    private static void rule(StringBuilder out, int[] widths) {
        out.repeat('-', Arrays.stream(widths).sum() + 2 * (widths.length - 1)).append('\n');
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    String asMarkdown() {
        StringBuilder out = new StringBuilder(Notes.title(table)).append("\n\n");
        for (int n = 0; n < lines.size(); n++) {
            for (String cell : lines.get(n)) {
                out.append("| ").append(escaped(cell)).append(' ');
            }
            out.append("|\n");
            if (n == 0) {
                out.append("|---".repeat(labels))
                        .append("|---:".repeat(lines.getFirst().size() - labels))
                        .append("|\n");
            }
        }
        return foot(out.append('\n'));
    }

    /** Neither markup nor a cell's border can come from a value. */
    private static String escaped(String cell) {
        return cell.replaceAll("([\\\\`*_\\[\\]<>|#!~&])", "\\\\$1");
    }

    private String foot(StringBuilder out) {
        Notes.review(report).forEach(line -> out.append(line).append('\n'));
        Notes.savings(table.total()).forEach(line -> out.append(line).append('\n'));
        String warning = Notes.warning(table);
        if (warning != null) {
            out.append('\n').append(warning).append('\n');
        }
        return out.toString();
    }
}
