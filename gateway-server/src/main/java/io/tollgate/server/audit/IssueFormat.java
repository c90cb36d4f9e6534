package io.tollgate.server.audit;

import java.util.List;

/** How issues are written. */
public enum IssueFormat {
    /** A line each, as compilers do. */
    TABLE {
        @Override
        public String write(List<Issue> issues) {
            StringBuilder out = new StringBuilder();
            for (Issue issue : issues) {
                out.append(clean(issue.path() + ":" + issue.line() + ":" + issue.column() + ": "
                                + issue.rule().level().wireName() + " "
                                + issue.rule().id() + " "
                                + issue.rule().title() + ": " + issue.message()))
                        .append('\n');
            }
            return out.append(summary(issues)).append('\n').toString();
        }
    },
    /** {@code {"rows": […]}}. */
    JSON {
        @Override
        public String write(List<Issue> issues) {
            return IssueJson.rows(issues);
        }
    },
    /** A Markdown table. */
    MD {
        @Override
        public String write(List<Issue> issues) {
            StringBuilder out = new StringBuilder();
            if (!issues.isEmpty()) {
                out.append("| level | rule | where | what |\n|---|---|---|---|\n");
            }
            for (Issue issue : issues) {
                for (String cell : List.of(
                        issue.rule().level().wireName(),
                        issue.rule().id() + " " + issue.rule().title(),
                        issue.path() + ":" + issue.line() + ":" + issue.column(),
                        issue.message())) {
                    out.append("| ")
                            .append(clean(cell).replaceAll("([\\\\`*_\\[\\]<>|#!~&])", "\\\\$1"))
                            .append(' ');
                }
                out.append("|\n");
            }
            return out.append(issues.isEmpty() ? "" : "\n")
                    .append(summary(issues))
                    .append('\n')
                    .toString();
        }
    },
    /** SARIF 2.1.0. */
    SARIF {
        @Override
        public String write(List<Issue> issues) {
            return IssueJson.sarif(issues);
        }
    };

    /** All of them, ending in a line break. */
    public abstract String write(List<Issue> issues);

    private static String summary(List<Issue> issues) {
        if (issues.isEmpty()) {
            return "Nothing found.";
        }
        StringBuilder out = new StringBuilder();
        for (Level level : List.of(Level.ERROR, Level.WARNING, Level.NOTE)) {
            long count = issues.stream()
                    .filter(issue -> issue.rule().level() == level)
                    .count();
            out.append(out.isEmpty() ? "" : ", ")
                    .append(count)
                    .append(' ')
                    .append(level.wireName())
                    .append(count == 1 ? "" : "s");
        }
        return out.append('.').toString();
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "\uFFFD");
    }
}
