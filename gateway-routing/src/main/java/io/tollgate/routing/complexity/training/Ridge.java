package io.tollgate.routing.complexity.training;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Ridge regression over sparse rows, by conjugate gradients on the normal equations: no step size, no shuffling, the same
 * result every time. Used once.
 */
final class Ridge {
    private static final int MOST_STEPS = 60;
    private static final double ENOUGH = 1e-8;

    private final List<Row> rows;
    private final int columns;
    private final double penalty;

    /**
     * One row of the matrix.
     *
     * @param columns that are not zero
     * @param values of these columns
     */
    record Row(int[] columns, float[] values) {
        double dot(double[] vector) {
            double sum = 0;
            for (int i = 0; i < columns.length; i++) {
                sum += values[i] * vector[columns[i]];
            }
            return sum;
        }

        /** Multiplies each value by its column's factor. */
        void scale(IntToDoubleFunction factor) {
            for (int i = 0; i < columns.length; i++) {
                values[i] *= (float) factor.applyAsDouble(columns[i]);
            }
        }

        void addTo(double[] vector, double factor) {
            for (int i = 0; i < columns.length; i++) {
                vector[columns[i]] += factor * values[i];
            }
        }
    }

    Ridge(List<Row> rows, int columns, double penalty) {
        this.rows = rows;
        this.columns = columns;
        this.penalty = penalty;
    }

    /** The weights that fit {@code targets} best. */
    double[] solve(double[] targets) {
        double[] solution = new double[columns];
        double[] rest = new double[columns];
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).addTo(rest, targets[i]);
        }
        double[] direction = rest.clone();
        double length = square(rest);
        double enough = length * ENOUGH;
        for (int step = 0; step < MOST_STEPS && length > enough; step++) {
            double[] image = image(direction);
            double stride = length / dot(direction, image);
            for (int i = 0; i < columns; i++) {
                solution[i] += stride * direction[i];
                rest[i] -= stride * image[i];
            }
            double next = square(rest);
            double keep = next / length;
            for (int i = 0; i < columns; i++) {
                direction[i] = rest[i] + keep * direction[i];
            }
            length = next;
        }
        return solution;
    }

    private double[] image(double[] vector) {
        double[] image = new double[columns];
        for (int i = 0; i < columns; i++) {
            image[i] = penalty * vector[i];
        }
        for (Row row : rows) {
            row.addTo(image, row.dot(vector));
        }
        return image;
    }

    private static double square(double[] vector) {
        return dot(vector, vector);
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
