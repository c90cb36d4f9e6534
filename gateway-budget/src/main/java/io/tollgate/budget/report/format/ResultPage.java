package io.tollgate.budget.report.format;

/**
 * Which of an answer's rows are shown. Totals are of all of them.
 *
 * @param first how many rows stand on the pages before
 * @param limit how many at most stand on this one
 */
public record ResultPage(int first, int limit) {
    /** All rows. */
    public static final ResultPage ALL = new ResultPage(0, Integer.MAX_VALUE);

    int end(int size) {
        return (int) Math.min(size, (long) first + limit);
    }
}
