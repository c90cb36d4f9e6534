package io.tollgate.routing.earlystop;

/**
 * Notices an answer that is caught in a loop: its last {@value #WINDOW} bytes are one span of at most {@value #LONGEST}
 * bytes, again and again. That is far more than lists, tables or rulers repeat themselves to the byte. Looks every
 * {@value #EVERY} bytes, in time linear in the window: eight steps per byte of text.
 */
final class RepetitionWatch implements TextWatch {
    /** Bytes of text that must repeat. */
    static final int WINDOW = 4096;

    /** Longest span that counts, so that it came at least eight times. */
    static final int LONGEST = WINDOW / 8;

    private static final int EVERY = 512;

    private final byte[] ring = new byte[WINDOW];
    private final short[] borders = new short[WINDOW];
    private long seen;

    @Override
    public boolean isOver(byte[] lent, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            ring[(int) (seen++ % WINDOW)] = lent[i];
            if (seen >= WINDOW && seen % EVERY == 0 && period() <= LONGEST) {
                return true;
            }
        }
        return false;
    }

    /** The length of the shortest span of which the window is repetitions, by the borders of its prefixes. */
    private int period() {
        int from = (int) (seen % WINDOW);
        borders[0] = 0;
        int border = 0;
        for (int i = 1; i < WINDOW; i++) {
            byte b = at(from, i);
            while (border > 0 && at(from, border) != b) {
                border = borders[border - 1];
            }
            if (at(from, border) == b) {
                border++;
            }
            borders[i] = (short) border;
        }
        return WINDOW - border;
    }

    private byte at(int from, int i) {
        return ring[(from + i) % WINDOW];
    }
}
