package io.tollgate.budget.report.format;

import io.tollgate.budget.report.UsageTable;

/** How a report is written. */
public enum ReportFormat {
    /** Columns for a terminal. */
    TABLE {
        @Override
        public String write(UsageTable table) {
            return new Grid(table).asText();
        }
    },
    /** One line per group, no total: for a spreadsheet or a script. */
    CSV {
        @Override
        public String write(UsageTable table) {
            return Csv.write(table);
        }
    },
    /** As the admin API says it. */
    JSON {
        @Override
        public String write(UsageTable table) {
            return UsageJson.write(table);
        }
    },
    /** A Markdown table. */
    MD {
        @Override
        public String write(UsageTable table) {
            return new Grid(table).asMarkdown();
        }
    };

    /** The whole report, ending in a line break. */
    public abstract String write(UsageTable table);

    /** Whether the text itself says what the figures lack; otherwise {@link Notes#warning} must be said elsewhere. */
    public boolean carriesWarnings() {
        return this != CSV;
    }
}
