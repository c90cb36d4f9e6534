package io.tollgate.core.dialect;

import java.util.Random;

/** Damages JSON where it hurts. */
public final class Mutations {
    private static final String BYTES = "{}[]\",:\\\n\r 0-.eutn\u00ff\u0000";

    private Mutations() {}

    /** A copy with some bytes replaced, and now and then a piece of it moved over another. */
    public static byte[] of(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(8); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) BYTES.charAt(random.nextInt(BYTES.length()));
        }
        if (random.nextInt(4) == 0) {
            int length = random.nextInt(bytes.length / 2);
            System.arraycopy(
                    original,
                    random.nextInt(bytes.length - length),
                    bytes,
                    random.nextInt(bytes.length - length),
                    length);
        }
        return bytes;
    }
}
