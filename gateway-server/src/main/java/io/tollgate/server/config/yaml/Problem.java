package io.tollgate.server.config.yaml;

import java.util.Comparator;

/**
 * Something wrong in a file, for a person to put right. Never holds a secret's value.
 *
 * @param file as the user named it
 * @param line from 1; 0 when the file as a whole is meant
 * @param column from 1; 0 when the file as a whole is meant
 * @param path where in the document, e.g. {@code budgets[2].limit.usd}; empty for the document itself
 * @param message the value found, what was expected, and the nearest known key where that helps
 */
public record Problem(String file, int line, int column, String path, String message) implements Comparable<Problem> {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::path)
            .thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }

    /** One line: {@code FILE:LINE:COLUMN: PATH MESSAGE}. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": " + (path.isEmpty() ? "" : path + " ") + message;
    }
}
