package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Report;
import io.tollgate.budget.report.UsageTable;

/** How a report is written. */
public enum ReportFormat {
    /** Columns for a terminal. */
    TABLE {
        @Override
        public String write(Report report) {
            return new Grid(report).asText();
        }
    },
    /** One line per group, no total: for a spreadsheet or a script. */
    CSV {
        @Override
        public String write(Report report) {
            return Csv.write(report);
        }
    },
    /** As the admin API says it. */
    JSON {
        @Override
        public String write(Report report) {
            return UsageJson.write(report);
        }
    },
    /** A Markdown table. */
    MD {
        @Override
        public String write(Report report) {
            return new Grid(report).asMarkdown();
        }
    },
    /** A page of its own that needs nothing else and prints well. */
    HTML {
        @Override
        public String write(Report report) {
            return Html.write(report, new Grid(report));
        }
    },
    /** Comma-separated values as FinOps tools read them: FOCUS 1.2, a line per day, provider and model. */
    FOCUS {
        @Override
        public String write(Report report) {
            return Focus.write(report.table());
        }
    };

    /** The whole report, ending in a line break. */
    public abstract String write(Report report);

    /** The same of usage alone. */
    public final String write(UsageTable table) {
        return write(Report.of(table));
    }

    /** Whether the text itself says what the figures lack; otherwise {@link Notes#warning} must be said elsewhere. */
    public boolean carriesWarnings() {
        return this != CSV && this != FOCUS;
    }
}
