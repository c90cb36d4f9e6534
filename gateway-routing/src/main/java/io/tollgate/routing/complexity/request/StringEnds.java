package io.tollgate.routing.complexity.request;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.routing.complexity.text.Window;
import java.util.Arrays;

/** Decodes a JSON string: all of it, or the two ends of a long one. */
final class StringEnds {
    /** Bytes decoded from either end: a character takes up to six as an escape, mostly one to three. */
    private static final int END = 3 * Window.HEAD;

    private static final int LONGEST_ESCAPE = 6;

    private StringEnds() {}

    /**
     * The text of the string whose contents begin at {@code from}.
     *
     * @param length UTF-8 bytes of the text it means
     * @param string stands on it
     */
    static String read(RequestBody body, int from, int length, JsonTokenizer string) {
        if (length <= 2 * END) {
            return string.text();
        }
        byte[] bytes = body.array();
        int start = body.offset() + from;
        int end = start + rawLength(bytes, start);
        int headEnd = safe(bytes, start + END, start, -1);
        int tailStart = safe(bytes, end - END, end, 1);
        return Window.join(decode(bytes, start, headEnd), decode(bytes, tailStart, end));
    }

    private static int rawLength(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at - start;
    }

    /** The nearest place, in steps of {@code step}, that splits neither a character nor an escape. */
    private static int safe(byte[] bytes, int from, int limit, int step) {
        int at = from;
        while (at != limit && !isSafe(bytes, at)) {
            at += step;
        }
        return at;
    }

    private static boolean isSafe(byte[] bytes, int at) {
        if (bytes[at] == '\\' && bytes[at - 1] != '\\') {
            return true;
        }
        if ((bytes[at] & 0xC0) == 0x80) {
            return false;
        }
        for (int i = 1; i <= LONGEST_ESCAPE; i++) {
            if (bytes[at - i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private static String decode(byte[] bytes, int from, int to) {
        byte[] quoted = new byte[to - from + 2];
        Arrays.fill(quoted, (byte) '"');
        System.arraycopy(bytes, from, quoted, 1, to - from);
        JsonTokenizer tokens = new JsonTokenizer(RequestBody.of(quoted));
        tokens.next();
        return tokens.text();
    }
}
