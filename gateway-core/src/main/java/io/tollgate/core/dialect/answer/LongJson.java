package io.tollgate.core.dialect.answer;

import io.tollgate.core.dialect.json.JsonSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteArrayFeeder;

/**
 * Walks JSON of any length as its chunks pass, keeping none of it. A string longer than a bound, an image say, is shown
 * to the parser only up to there, so memory is bounded too.
 */
final class LongJson {
    private static final int LONGEST_STRING = 64 * 1024;
    private static final int NO_ESCAPE = 0;
    private static final int BEHIND_BACKSLASH = 1;
    private static final int FOUR_DIGITS_LEFT = 5;

    private final AnswerWalker walker;
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private boolean inString;
    private boolean leavingOut;
    private int escape;
    private int stringLength;
    private boolean broken;

    LongJson(AnswerWalker walker) {
        this.walker = walker;
        this.parser = JsonSource.FACTORY.createNonBlockingByteArrayParser(ObjectReadContext.empty());
        this.feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
    }

    /** The next bytes; what they tell is known when the call returns. */
    void feed(byte[] lent, int offset, int length) {
        int end = offset + length;
        int from = offset; // first byte not yet shown, or not yet counted as left out
        for (int at = offset; at < end && !broken; at++) {
            byte b = lent[at];
            if (!inString) {
                inString = b == '"';
                stringLength = 0;
            } else if (b == '"' && escape == NO_ESCAPE) {
                inString = false;
                if (leavingOut) {
                    walker.leaveOut(at - from);
                    leavingOut = false;
                    from = at;
                }
            } else {
                if (stringLength >= LONGEST_STRING && !leavingOut && escape == NO_ESCAPE && startsCharacter(b)) {
                    show(lent, from, at);
                    leavingOut = true;
                    from = at;
                }
                escape = escapeAfter(b);
                stringLength++;
            }
        }
        if (leavingOut) {
            walker.leaveOut(end - from);
        } else {
            show(lent, from, end);
        }
    }

    private static boolean startsCharacter(byte b) {
        return (b & 0xC0) != 0x80;
    }

    private int escapeAfter(byte b) {
        return switch (escape) {
            case NO_ESCAPE -> b == '\\' ? BEHIND_BACKSLASH : NO_ESCAPE;
            case BEHIND_BACKSLASH -> b == 'u' ? FOUR_DIGITS_LEFT : NO_ESCAPE;
            case 2 -> NO_ESCAPE;
            default -> escape - 1;
        };
    }

    private void show(byte[] lent, int from, int to) {
        if (broken || from == to) {
            return;
        }
        try {
            feeder.feedInput(lent, from, to);
            walker.walk(parser);
        } catch (JacksonException e) {
            broken = true; // not JSON after all: what was found until here stands
        }
    }

    /** No more comes. */
    void end() {
        if (inString && !broken) {
            walker.brokenOff(Math.min(stringLength, LONGEST_STRING));
        }
        parser.close();
    }
}
