package io.tollgate.routing.complexity.model;

import io.tollgate.routing.complexity.text.Traits;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The weights of one form of question. Immutable; any thread.
 *
 * @param weights of the vocabulary's slots, in units of {@code unit}
 * @param unit of a weight
 * @param means of the numbers in {@link Traits#dense}
 * @param limits how far these numbers may be from their means and still count for more
 * @param factors of these numbers, less their means
 * @param middle the median of all predictions in training
 * @param spread half the distance between their quartiles
 */
public record Form(
        byte[] weights, double unit, double[] means, double[] limits, double[] factors, double middle, double spread) {
    private static final double STEEPNESS = 1.1;

    /** The expected gain, on the scale it was trained on. */
    public double predict(double[] dense, Features features) {
        double sum = 0;
        for (int i = 0; i < features.count(); i++) {
            sum += weights[features.slot(i)] * features.place(i);
        }
        sum *= unit * features.scale();
        for (int i = 0; i < dense.length; i++) {
            sum += factors[i] * clamp(dense[i] - means[i], limits[i]);
        }
        return sum;
    }

    /** Keeps a value within its limit to both sides: no text may go on counting by being extreme. */
    public static double clamp(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    double level(double[] dense, Features features) {
        return 1 / (1 + Math.exp(-STEEPNESS * (predict(dense, features) - middle) / spread));
    }

    static Form read(DataInputStream in) throws IOException {
        double unit = finite(in);
        double middle = finite(in);
        double spread = finite(in);
        double[] means = doubles(in);
        double[] limits = doubles(in);
        double[] factors = doubles(in);
        byte[] weights = new byte[Vocabulary.slots()];
        in.readFully(weights);
        return new Form(weights, unit, means, limits, factors, middle, spread);
    }

    private static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[Traits.DENSE];
        for (int i = 0; i < values.length; i++) {
            values[i] = finite(in);
        }
        return values;
    }

    private static double finite(DataInputStream in) throws IOException {
        double value = in.readDouble();
        if (!Double.isFinite(value)) {
            throw new IOException(
                    "holds a weight that is not a finite number; expected weights written by train complexity");
        }
        return value;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(unit);
        out.writeDouble(middle);
        out.writeDouble(spread);
        for (double[] values : new double[][] {means, limits, factors}) {
            for (double value : values) {
                out.writeDouble(value);
            }
        }
        out.write(weights);
    }
}
