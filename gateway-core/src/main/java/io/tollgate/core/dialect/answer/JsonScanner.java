package io.tollgate.core.dialect.answer;

import io.tollgate.core.text.ByteSearch;
import org.jspecify.annotations.Nullable;

/**
 * Finds a {@link ScanLayout}'s values in JSON that passes by in pieces, split anywhere. Holds only short wanted
 * values, whatever passes: a general parser would hold the ten megabytes of an image's string. It does not validate and
 * never throws on what it is fed; garbage yields no values or wrong ones, in bounded memory. Allocates nothing while
 * the same strings come again.
 *
 * <p>The elements of an array at the root, and documents one behind the other, each count as a document. Not
 * thread-safe.
 *
 * @param <P> the dialect's words for places
 */
public final class JsonScanner<P> {
    /** Longest string or number that is told, in bytes. */
    public static final int MAX_VALUE = 1024;

    /** Objects and arrays open at once on the way to a value that is told; what lies deeper is passed over. */
    static final int MAX_DEPTH = 32;

    private static final byte QUOTE = '"';
    private static final byte BACKSLASH = '\\';

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

    private final ScanNode<P> root;
    private final ScanListener<P> listener;
    private final ToldStrings strings;
    private final ScanNode<P>[] open;
    private final StringDecoder string = new StringDecoder(MAX_VALUE);
    private State state = State.STRUCTURE;
    private int depth;
    /** Bit n: whether {@code open[n]} is an array. */
    private int arrays;

    private int skipped;
    private boolean atName;
    private @Nullable ScanNode<P> value;

    /** Tells {@code listener} what {@code layout} asks for. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise
    public JsonScanner(ScanLayout<P> layout, ScanListener<P> listener) {
        this.root = layout.root();
        this.listener = listener;
        this.strings = new ToldStrings(layout.slots());
        this.open = new ScanNode[MAX_DEPTH];
        reset();
    }

    /** Forgets what it is in the middle of: a new document begins. */
    public void reset() {
        state = State.STRUCTURE;
        depth = 0;
        arrays = 0;
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
        switch (state) {
            case STRING, ESCAPE, UNICODE -> tellCounted(ScanNode.TEXT | ScanNode.RAW);
            case LITERAL -> tellCounted(ScanNode.RAW);
            default -> {}
        }
    }

    private int structure(byte[] lent, int from, int end) {
        int at = from;
        while (at < end) {
            byte b = lent[at];
            switch (b) {
                case ' ', '\n', '\r', '\t' -> at++;
                case '"' -> {
                    // most strings lie within one chunk, have no escapes, and are told from where they stand
                    int close = ByteSearch.either(lent, at + 1, end, QUOTE, BACKSLASH);
                    if (close == end || lent[close] == BACKSLASH) {
                        string.start(atName || tells(ScanNode.STRING | ScanNode.PIECES));
                        state = State.STRING;
                        return at + 1;
                    }
                    wholeString(lent, at + 1, close);
                    at = close + 1;
                }
                case ',' -> {
                    nextMember();
                    at++;
                }
                case ':' -> {
                    atName = false;
                    at++;
                }
                case '{', '[' -> {
                    if (!opens(b == '[')) {
                        return at; // counted as raw bytes from here
                    }
                    at++;
                }
                case '}', ']' -> {
                    close();
                    at++;
                }
                default -> {
                    int stop = endOfLiteral(lent, at, end);
                    if (stop == end) {
                        string.start(tells(ScanNode.NUMBER | ScanNode.FLAG));
                        state = State.LITERAL;
                        return at;
                    }
                    wholeLiteral(lent, at, stop);
                    at = stop;
                }
            }
        }
        return end;
    }

    private void wholeString(byte[] lent, int from, int to) {
        if (atName) {
            value = open[depth - 1].member(lent, from, to - from);
            atName = false;
            return;
        }
        ScanNode<P> node = value;
        P place = node == null ? null : node.place();
        if (node != null && place != null) {
            if (node.tells(ScanNode.PIECES)) {
                listener.piece(place, lent, from, to - from);
            } else if (node.tells(ScanNode.TEXT | ScanNode.RAW) && to > from) {
                listener.text(place, to - from);
            } else if (node.tells(ScanNode.STRING) && to - from <= MAX_VALUE) {
                listener.string(place, strings.at(node.slot(), lent, from, to - from));
            }
        }
        afterValue();
    }

    private boolean tells(int kinds) {
        return value != null && value.tells(kinds);
    }

    private void nextMember() {
        if (depth == 0) {
            value = root;
        } else if (isArray(depth - 1)) {
            value = open[depth - 1];
        } else {
            atName = true;
        }
    }

    private boolean isArray(int level) {
        return (arrays & 1 << level) != 0;
    }

    /** Enters a container that something is wanted of; all others are skipped. */
    private boolean opens(boolean array) {
        ScanNode<P> node = value;
        if (node == null || node.tells(ScanNode.RAW)) {
            return skips();
        }
        boolean ofDocuments = depth == 0 && array;
        if (node.place() != null && !ofDocuments) {
            listener.opened(node.place(), array);
        }
        if (depth == MAX_DEPTH || !(array || node.hasMembers())) {
            return skips();
        }
        open[depth] = node;
        arrays = array ? arrays | 1 << depth : arrays & ~(1 << depth);
        depth++;
        value = array ? node : null;
        atName = !array;
        return true;
    }

    private boolean skips() {
        state = State.SKIP;
        skipped = 0;
        return false;
    }

    private void close() {
        if (depth == 0) {
            return;
        }
        depth--;
        boolean array = isArray(depth);
        P place = open[depth].place();
        if (place != null && !(array && depth == 0)) {
            listener.closed(place, array);
        }
        afterValue();
    }

    private void afterValue() {
        value = depth == 0 ? root : null;
        atName = false;
    }

    private int string(byte[] lent, int from, int end) {
        int at = ByteSearch.either(lent, from, end, QUOTE, BACKSLASH);
        if (!atName && tells(ScanNode.PIECES)) {
            tellPieces(lent, from, at);
        } else {
            string.plain(lent, from, at - from);
        }
        if (at == end) {
            return end;
        }
        if (lent[at] == BACKSLASH) {
            state = State.ESCAPE;
        } else {
            state = State.STRUCTURE;
            endString();
        }
        return at + 1;
    }

    /** What escapes stood for, and the bytes behind them. Half a pair of surrogates waits for the other half. */
    private void tellPieces(byte[] lent, int from, int to) {
        ScanNode<P> node = value;
        P place = node == null ? null : node.place();
        if (place == null) {
            return;
        }
        if (to > from || (string.size() > MAX_VALUE / 2 && !string.awaitsLowSurrogate())) {
            tellKept(place);
        }
        if (to > from) {
            string.passed(to - from);
            listener.piece(place, lent, from, to - from);
        }
    }

    private void tellKept(P place) {
        if (string.size() > 0) {
            listener.piece(place, string.bytes(), 0, string.size());
            string.told();
        }
    }

    private void endString() {
        if (atName) {
            value = string.isTooLong() ? null : open[depth - 1].member(string.bytes(), 0, string.size());
            atName = false;
            return;
        }
        ScanNode<P> node = value;
        P place = node == null ? null : node.place();
        if (node != null && place != null) {
            if (node.tells(ScanNode.PIECES)) {
                tellKept(place);
            } else if (node.tells(ScanNode.STRING) && !string.isTooLong()) {
                listener.string(place, strings.at(node.slot(), string.bytes(), 0, string.size()));
            }
        }
        tellCounted(ScanNode.TEXT | ScanNode.RAW);
        afterValue();
    }

    /** What has passed of a text since it was told last, where the value is of one of these kinds. */
    private void tellCounted(int kinds) {
        ScanNode<P> node = value;
        P place = node == null || atName ? null : node.place();
        if (node != null && place != null && node.tells(kinds)) {
            int bytes = string.takeCount();
            if (bytes > 0) {
                listener.text(place, bytes);
            }
        }
    }

    private void wholeLiteral(byte[] lent, int from, int to) {
        ScanNode<P> node = value;
        P place = node == null ? null : node.place();
        if (node != null && place != null) {
            if (node.tells(ScanNode.RAW)) {
                listener.text(place, to - from);
            } else if (node.tells(ScanNode.NUMBER | ScanNode.FLAG) && to - from <= MAX_VALUE) {
                Scalar.tell(node, place, listener, lent, from, to);
            }
        }
        afterValue();
    }

    private int literal(byte[] lent, int from, int end) {
        int at = endOfLiteral(lent, from, end);
        string.plain(lent, from, at - from);
        if (at < end) {
            ScanNode<P> node = value;
            P place = node == null ? null : node.place();
            if (node != null && place != null && !string.isTooLong() && string.size() > 0) {
                Scalar.tell(node, place, listener, string.bytes(), 0, string.size());
            }
            tellCounted(ScanNode.RAW);
            state = State.STRUCTURE;
            afterValue();
        }
        return at;
    }

    private static int endOfLiteral(byte[] lent, int from, int end) {
        int at = from;
        while (at < end && !endsLiteral(lent[at])) {
            at++;
        }
        return at;
    }

    private static boolean endsLiteral(byte b) {
        return switch (b) {
            case ',', '}', ']', ':', '{', '[', '"', ' ', '\n', '\r', '\t' -> true;
            default -> false;
        };
    }

    private int skip(byte[] lent, int from, int end) {
        int at = from;
        while (at < end) {
            if (state == State.SKIP_STRING) {
                at = ByteSearch.either(lent, at, end, QUOTE, BACKSLASH);
                if (at < end) {
                    state = lent[at++] == QUOTE ? State.SKIP : State.SKIP_ESCAPE;
                }
                continue;
            }
            byte b = lent[at++];
            if (state == State.SKIP_ESCAPE) {
                state = State.SKIP_STRING;
            } else if (b == QUOTE) {
                state = State.SKIP_STRING;
            } else if (b == '{' || b == '[') {
                skipped++;
            } else if ((b == '}' || b == ']') && --skipped == 0) {
                state = State.STRUCTURE;
                break;
            }
        }
        ScanNode<P> node = value;
        if (node != null && node.place() != null && node.tells(ScanNode.RAW)) {
            listener.text(node.place(), at - from);
        }
        if (state == State.STRUCTURE) {
            afterValue();
        }
        return at;
    }
}
