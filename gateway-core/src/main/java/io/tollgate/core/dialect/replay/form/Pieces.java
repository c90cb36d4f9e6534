package io.tollgate.core.dialect.replay.form;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a string's body into the pieces a stream tells it in: some words each. A piece never ends within an escape, a UTF-8
 * sequence or a pair of escaped surrogates, so each is a string of its own. Long strings are cut into longer pieces, so
 * that what goes around the pieces stays in proportion.
 */
public final class Pieces {
    private static final int SHORTEST = 24;
    private static final int MOST_PIECES = 512;

    private Pieces() {}

    /** The pieces; none of an empty string. */
    public static List<Value> of(Value string) {
        Value body = string.body();
        int wanted = Math.max(SHORTEST, (body.to() - body.from()) / MOST_PIECES);
        List<Value> pieces = new ArrayList<>();
        int begun = body.from();
        while (begun < body.to()) {
            int end = end(body, begun, wanted);
            pieces.add(new Value(body.array(), begun, end));
            begun = end;
        }
        return pieces;
    }

    /** Behind the first space from the wanted length on, or where the piece would get twice as long. */
    private static int end(Value body, int begun, int wanted) {
        int at = begun;
        while (at < body.to()) {
            at = behindCharacter(body, at);
            int length = at - begun;
            if (length >= 2 * wanted || (length >= wanted && body.array()[at - 1] == ' ')) {
                return at;
            }
        }
        return body.to();
    }

    private static int behindCharacter(Value body, int at) {
        byte[] array = body.array();
        if (array[at] == '\\') {
            if (array[at + 1] != 'u') {
                return at + 2;
            }
            boolean pair = Character.isHighSurrogate(unit(array, at + 2))
                    && at + 12 <= body.to()
                    && array[at + 6] == '\\'
                    && array[at + 7] == 'u'
                    && Character.isLowSurrogate(unit(array, at + 8));
            return at + (pair ? 12 : 6);
        }
        int next = at + 1;
        while (next < body.to() && (array[next] & 0xc0) == 0x80) {
            next++;
        }
        return next;
    }

    private static char unit(byte[] array, int at) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            unit = unit << 4 | Character.digit(array[i], 16);
        }
        return (char) unit;
    }
}
