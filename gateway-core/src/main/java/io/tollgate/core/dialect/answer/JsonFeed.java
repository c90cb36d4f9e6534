package io.tollgate.core.dialect.answer;

import io.tollgate.core.dialect.json.JsonSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Walks a JSON answer: one value, or several one behind the other (NDJSON). A short one is held and walked at its end,
 * which costs a third of walking it piece by piece, because a parser over one array need not decode what nobody asks
 * for; one that grows beyond the bound is walked as it passes.
 */
final class JsonFeed {
    private static final int SMALLEST = 2 * 1024;
    private static final int MOST_HELD = 64 * 1024;

    private final AnswerWalker walker;
    private byte[] held = new byte[0];
    private int size;
    private @Nullable LongJson passing;

    JsonFeed(AnswerWalker walker) {
        this.walker = walker;
    }

    /** The next bytes. */
    void feed(byte[] lent, int offset, int length) {
        if (passing == null && length > MOST_HELD - size) {
            passing = new LongJson(walker);
            passing.feed(held, 0, size);
            held = new byte[0];
        }
        if (passing != null) {
            passing.feed(lent, offset, length);
            return;
        }
        if (size + length > held.length) {
            held = Arrays.copyOf(held, Math.max(SMALLEST, Math.min(MOST_HELD, 2 * (size + length))));
        }
        System.arraycopy(lent, offset, held, size, length);
        size += length;
    }

    /** No more comes: all that is told is known when this returns. */
    void end() {
        if (passing != null) {
            passing.end();
            return;
        }
        JsonParser parser = JsonSource.open(held, 0, size);
        try (parser) {
            walker.walk(parser);
        } catch (JacksonException e) {
            // broken off, or not JSON after all: what was found until here stands
            walker.brokenOff(
                    Math.max(0, size - 1 - parser.currentTokenLocation().getByteOffset()));
        }
    }
}
