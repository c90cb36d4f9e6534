package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Report;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A report as one page without scripts and without anything to fetch; light and dark, and on paper. */
final class Html {
    private static final int BARS = 10;
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8886;--bar:#3b6fd4}
            body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem}
            h1{font-size:1.3rem}.scroll{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
            .l{text-align:left;white-space:normal}thead th{border-bottom-width:2px}tfoot td{font-weight:600;border-top:2px solid}
            .bar{height:.8rem;background:var(--bar);min-width:1px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
            .bars{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr max-content;gap:.3rem .8rem;align-items:center}
            .warning{border-left:4px solid #c60;padding-left:.6rem}
            @media print{@page{size:landscape;margin:12mm}body{margin:0;max-width:none;font-size:9pt}
            thead{display:table-header-group}tr{break-inside:avoid}.scroll{overflow:visible}}
            """;

    private Html() {}

    static String write(Report report, Grid grid) {
        UsageTable table = report.table();
        StringBuilder out = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
                .append("<title>")
                .append(text(Notes.title(table)))
                .append("</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(text(Notes.title(table)))
                .append("</h1>\n");
        Notes.review(report).forEach(line -> paragraph(out, "", line));
        String warning = Notes.warning(table);
        if (warning != null) {
            paragraph(out, " class=\"warning\"", warning);
        }
        bars(out, table);
        table(out, grid);
        List<String> savings = Notes.savings(table.total());
        if (!savings.isEmpty()) {
            paragraph(out, "", savings.getFirst());
            out.append("<ul>");
            savings.stream()
                    .skip(1)
                    .forEach(line ->
                            out.append("<li>").append(text(line.strip())).append("</li>"));
            out.append("</ul>\n");
        }
        return out.append("</body></html>\n").toString();
    }

    private static void bars(StringBuilder out, UsageTable table) {
        List<UsageSummary> dearest = table.rows().stream()
                .filter(row -> row.costNanos() > 0)
                .sorted(Comparator.comparingLong(UsageSummary::costNanos).reversed())
                .limit(BARS)
                .toList();
        if (dearest.size() < 2) {
            return;
        }
        out.append("<h2>Where it went</h2>\n<div class=\"bars\">\n");
        long most = dearest.getFirst().costNanos();
        for (UsageSummary row : dearest) {
            String name = row.group().stream()
                    .map(value -> value == null ? Grid.NO_VALUE : value)
                    .collect(Collectors.joining(" · "));
            out.append("<span>")
                    .append(text(row.bucket() == null ? name : row.bucket() + " " + name))
                    .append("</span><div class=\"bar\" style=\"width:")
                    .append(100.0 * row.costNanos() / most)
                    .append("%\"></div><span>")
                    .append(Numbers.usd(row.costNanos()))
                    .append("</span>\n");
        }
        out.append("</div>\n<h2>All of it</h2>\n");
    }

    private static void table(StringBuilder out, Grid grid) {
        out.append("<div class=\"scroll\"><table>\n");
        List<List<String>> lines = grid.lines();
        for (int n = 0; n < lines.size(); n++) {
            boolean head = n == 0;
            boolean total = n == lines.size() - 1;
            out.append(head ? "<thead>" : total ? (n == 1 ? "" : "</tbody>") + "<tfoot>" : n == 1 ? "<tbody>" : "")
                    .append("<tr>");
            for (int i = 0; i < lines.get(n).size(); i++) {
                out.append(head ? "<th scope=\"col\"" : "<td")
                        .append(i < grid.labels() ? " class=\"l\">" : ">")
                        .append(text(lines.get(n).get(i)))
                        .append(head ? "</th>" : "</td>");
            }
            out.append("</tr>").append(head ? "</thead>\n" : total ? "</tfoot>\n" : "\n");
        }
        out.append("</table></div>\n");
    }

    private static void paragraph(StringBuilder out, String attributes, String line) {
        out.append("<p").append(attributes).append('>').append(text(line)).append("</p>\n");
    }

    private static String text(String raw) {
        return raw.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
