package io.tollgate.server.trial;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a file, as bytes without their line ends; blank ones are passed over but counted. */
final class TrialLines {
    /** Longest line taken: the largest body the gateway takes by default, and a little around it. */
    static final int LONGEST = (64 << 20) + (64 << 10);

    private final InputStream in;
    private long number;

    TrialLines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The number of the line {@link #next} gave, from 1. */
    long number() {
        return number;
    }

    /** The next line that is not blank, or null behind the last. */
    byte @Nullable [] next() throws IOException, TrialException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 10);
        boolean blank = true;
        number++;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                if (!blank) {
                    return line.toByteArray();
                }
                line.reset();
                number++;
                continue;
            }
            blank &= c == ' ' || c == '\t' || c == '\r';
            if (line.size() == LONGEST) {
                throw new TrialException(number, "is longer than " + LONGEST + " bytes; expected one request");
            }
            line.write(c);
        }
        return blank ? null : line.toByteArray();
    }
}
