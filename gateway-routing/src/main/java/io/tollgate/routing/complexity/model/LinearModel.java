package io.tollgate.routing.complexity.model;

import io.tollgate.routing.complexity.text.Traits;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights that turn a text into the gain expected of a strong model over a weak one, compared with other texts. Questions
 * with listed answers and all others are weighed apart: what makes the one hard says little of the other. Immutable; any
 * thread.
 *
 * @param vocabulary what has a weight
 * @param forms the weights of either form of question, by {@link #form}
 */
public record LinearModel(Vocabulary vocabulary, List<Form> forms) {
    /** How many forms of questions are told apart. */
    public static final int FORMS = 2;

    private static final int MAGIC = 0x54474331; // TGC1

    /** The form of a question: 1 where answers to choose from are listed, else 0. */
    public static int form(Traits traits) {
        return traits.hasOptions() ? 1 : 0;
    }

    /** The expected gain, on the scale it was trained on. */
    public double predict(Traits traits, Features features) {
        return forms.get(form(traits)).predict(traits.dense(), features);
    }

    /** Where the expected gain stands among those of training, in (0,1); 0.5 is their median. */
    public double level(Traits traits, Features features) {
        return forms.get(form(traits)).level(traits.dense(), features);
    }

    /** Reads what {@link #write} wrote. */
    public static LinearModel read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(from, 1 << 16));
        int magic = in.readInt();
        if (magic != MAGIC) {
            throw new IOException("begins with " + Integer.toHexString(magic) + ", not with "
                    + Integer.toHexString(MAGIC) + "; expected weights written by train complexity");
        }
        int bits = in.readInt();
        int dense = in.readInt();
        if (bits != Vocabulary.BITS || dense != Traits.DENSE) {
            throw new IOException("has 2^" + bits + " slots and " + dense + " numbers; expected 2^" + Vocabulary.BITS
                    + " and " + Traits.DENSE + ": train the weights again");
        }
        byte[] fingerprints = new byte[Vocabulary.slots()];
        in.readFully(fingerprints);
        List<Form> forms = new ArrayList<>(FORMS);
        for (int i = 0; i < FORMS; i++) {
            forms.add(Form.read(in));
        }
        return new LinearModel(new Vocabulary(fingerprints), List.copyOf(forms));
    }

    /** Writes it so that {@link #read} reads the same. */
    public void write(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(MAGIC);
        out.writeInt(Vocabulary.BITS);
        out.writeInt(Traits.DENSE);
        out.write(vocabulary.fingerprints());
        for (Form form : forms) {
            form.write(out);
        }
        out.flush();
    }
}
