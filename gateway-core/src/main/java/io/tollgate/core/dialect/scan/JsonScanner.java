package io.tollgate.core.dialect.scan;

import io.tollgate.core.dialect.scan.ScanNode.Told;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds an {@link ScanLayout}'s values in JSON that passes by in pieces, split anywhere. Holds only short wanted
 * values, whatever passes: a general parser would hold the ten megabytes of an image's string. It does not validate and
 * never throws on what it is fed; garbage yields no values or wrong ones, in bounded memory.
 *
 * <p>The elements of an array at the root, and documents one behind the other, each count as a document. Not
 * thread-safe.
 */
public final class JsonScanner {
    /** Longest string that is told, in bytes. */
    public static final int MAX_VALUE = 1024;

    private enum State {
        STRUCTURE,
        STRING,
        ESCAPE,
        UNICODE,
        LITERAL,
        SKIP,
        SKIP_STRING,
        SKIP_ESCAPE
    }

    private final ScanNode root;
    private final ScanNode documents = new ScanNode("", "");
    private final ScanListener listener;
    private final ScanNode[] open;
    private final boolean[] arrays;
    private final StringDecoder string = new StringDecoder(MAX_VALUE);
    private State state = State.STRUCTURE;
    private int depth;
    private int skipped;
    private boolean atName;
    private @Nullable ScanNode value;

    /** Tells {@code listener} what {@code layout} asks for. */
    public JsonScanner(ScanLayout layout, ScanListener listener) {
        this.root = layout.root();
        this.listener = listener;
        this.open = new ScanNode[layout.depth() + 1];
        this.arrays = new boolean[layout.depth() + 1];
        documents.element(root);
        reset();
    }

    /** Forgets what it is in the middle of: a new document begins. */
    public void reset() {
        state = State.STRUCTURE;
        depth = 0;
        skipped = 0;
        atName = false;
        value = root;
    }

    /** The next bytes. */
    public void feed(byte[] lent, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            at = switch (state) {
                case STRUCTURE -> structure(lent, at, end);
                case STRING -> string(lent, at, end);
                case ESCAPE -> {
                    state = string.escape(lent[at]) ? State.UNICODE : State.STRING;
                    yield at + 1;
                }
                case UNICODE -> {
                    state = string.digit(lent[at]) ? State.UNICODE : State.STRING;
                    yield at + 1;
                }
                case LITERAL -> literal(lent, at, end);
                case SKIP, SKIP_STRING, SKIP_ESCAPE -> skip(lent, at, end);
            };
        }
        tellText();
    }

    private int structure(byte[] lent, int from, int end) {
        for (int at = from; at < end; at++) {
            byte b = lent[at];
            switch (b) {
                case ' ', '\n', '\r', '\t' -> {}
                case '"' -> {
                    int close = closingQuote(lent, at + 1, end);
                    if (close >= 0) {
                        wholeString(lent, at + 1, close);
                        at = close;
                        continue;
                    }
                    string.start(atName || tells(Told.VALUE));
                    state = State.STRING;
                    return at + 1;
                }
                case ',' -> nextMember();
                case ':' -> atName = false;
                case '{', '[' -> {
                    if (!opens(b == '[')) {
                        return at; // counted as raw bytes from here
                    }
                }
                case '}', ']' -> close();
                default -> {
                    string.start(tells(Told.VALUE));
                    state = State.LITERAL;
                    return at;
                }
            }
        }
        return end;
    }

    /** Where a string without escapes ends, or -1: most lie within one chunk and are told from there. */
    private static int closingQuote(byte[] lent, int from, int end) {
        for (int at = from; at < end; at++) {
            if (lent[at] == '"') {
                return at;
            }
            if (lent[at] == '\\') {
                return -1;
            }
        }
        return -1;
    }

    private void wholeString(byte[] lent, int from, int to) {
        if (atName) {
            value = open[depth - 1].member(lent, from, to - from);
            atName = false;
            return;
        }
        ScanNode node = value;
        if (node != null && to > from && (node.told() == Told.TEXT || node.told() == Told.RAW)) {
            listener.text(node.path(), to - from);
        } else if (node != null && node.told() == Told.VALUE && to - from <= MAX_VALUE) {
            listener.string(node.path(), new String(lent, from, to - from, StandardCharsets.UTF_8));
        }
        afterValue();
    }

    private boolean tells(Told told) {
        return value != null && value.told() == told;
    }

    private void nextMember() {
        if (depth == 0) {
            value = root;
        } else if (arrays[depth - 1]) {
            value = open[depth - 1].element();
        } else {
            atName = true;
        }
    }

    /** Enters a container that something is wanted of; all others are skipped. */
    private boolean opens(boolean array) {
        ScanNode node = depth == 0 && array ? documents : value;
        boolean wanted = node != null && node.told() != Told.RAW && node.isContainer() && depth < open.length;
        if (node == null || !wanted || (array && node.element() == null)) {
            state = State.SKIP;
            skipped = 0;
            return false;
        }
        open[depth] = node;
        arrays[depth] = array;
        depth++;
        value = array ? node.element() : null;
        atName = !array;
        return true;
    }

    private void close() {
        if (depth == 0) {
            return;
        }
        depth--;
        boolean holdsDocuments = depth == 0 && arrays[0];
        if (!holdsDocuments) {
            listener.closed(open[depth].path());
        }
        afterValue();
    }

    private void afterValue() {
        value = depth == 0 ? root : null;
        atName = false;
    }

    private int string(byte[] lent, int from, int end) {
        int at = from;
        while (at < end && lent[at] != '"' && lent[at] != '\\') {
            at++;
        }
        string.plain(lent, from, at - from);
        if (at == end) {
            return end;
        }
        if (lent[at] == '\\') {
            state = State.ESCAPE;
        } else {
            state = State.STRUCTURE;
            endString();
        }
        return at + 1;
    }

    private void endString() {
        if (atName) {
            value = string.isTooLong() ? null : open[depth - 1].member(string.bytes(), 0, string.size());
            atName = false;
            return;
        }
        if (value != null && tells(Told.VALUE) && !string.isTooLong()) {
            listener.string(value.path(), string.text());
        }
        tellCounted();
        afterValue();
    }

    /** What has passed of a text when the chunk ends. */
    private void tellText() {
        if (state == State.STRING || state == State.ESCAPE || state == State.UNICODE) {
            tellCounted();
        }
    }

    private void tellCounted() {
        if (!atName && value != null && (tells(Told.TEXT) || tells(Told.RAW))) {
            int bytes = string.takeCount();
            if (bytes > 0) {
                listener.text(value.path(), bytes);
            }
        }
    }

    private int literal(byte[] lent, int from, int end) {
        int at = from;
        while (at < end && !endsLiteral(lent[at])) {
            at++;
        }
        string.plain(lent, from, at - from);
        if (at < end) {
            state = State.STRUCTURE;
            if (value != null && tells(Told.VALUE) && !string.isTooLong()) {
                tellNumber(value.path());
            }
            if (tells(Told.RAW)) {
                tellCounted();
            }
            afterValue();
        }
        return at;
    }

    private void tellNumber(String path) {
        byte[] digits = string.bytes();
        int size = string.size();
        boolean negative = size > 0 && digits[0] == '-';
        int first = negative ? 1 : 0;
        if (size == first || digits[first] < '0' || digits[first] > '9') {
            return;
        }
        long number = 0;
        for (int i = first; i < size; i++) {
            if (digits[i] < '0' || digits[i] > '9' || i - first == 18) {
                listener.decimal(path, new String(digits, 0, size, StandardCharsets.US_ASCII));
                return;
            }
            number = number * 10 + (digits[i] - '0');
        }
        listener.number(path, negative ? -number : number);
    }

    private static boolean endsLiteral(byte b) {
        return switch (b) {
            case ',', ']', '}', ':', '"', '[', '{', ' ', '\n', '\r', '\t' -> true;
            default -> false;
        };
    }

    private int skip(byte[] lent, int from, int end) {
        int at = from;
        while (at < end) {
            byte b = lent[at++];
            if (state == State.SKIP_STRING) {
                while (b != '"' && b != '\\' && at < end) {
                    b = lent[at++];
                }
                state = b == '"' ? State.SKIP : b == '\\' ? State.SKIP_ESCAPE : State.SKIP_STRING;
            } else if (state == State.SKIP_ESCAPE) {
                state = State.SKIP_STRING;
            } else if (b == '"') {
                state = State.SKIP_STRING;
            } else if (b == '{' || b == '[') {
                skipped++;
            } else if ((b == '}' || b == ']') && --skipped == 0) {
                state = State.STRUCTURE;
                break;
            }
        }
        if (value != null && tells(Told.RAW)) {
            listener.text(value.path(), at - from);
        }
        if (state == State.STRUCTURE) {
            afterValue();
        }
        return at;
    }
}
