package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Dimension;
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
    private static final String NO_VALUE = "(none)";

    private final UsageTable table;
    private final List<Figure> figures =
            Figure.ALL.stream().filter(f -> f.heading() != null).toList();
    private final int labels;
    private final List<List<String>> lines = new ArrayList<>();

    Grid(UsageTable table) {
        this.table = table;
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
        lines.add(headings);
        int[] decimals = figures.stream().mapToInt(this::decimals).toArray();
        boolean grouped = table.query().bucket() != null || !table.query().by().isEmpty();
        if (grouped) {
            table.rows().forEach(row -> lines.add(line(labels(row), row, decimals)));
        }
        List<String> total = new ArrayList<>(List.of("total"));
        while (total.size() < labels) {
            total.add("");
        }
        lines.add(line(total, table.total(), decimals));
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
                        .append("|---:".repeat(figures.size()))
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
        Notes.savings(table.total()).forEach(line -> out.append(line).append('\n'));
        String warning = Notes.warning(table);
        if (warning != null) {
            out.append('\n').append(warning).append('\n');
        }
        return out.toString();
    }
}
