package io.tollgate.routing.complexity.text;

/**
 * Where in a text the task is told, and where a document begins that the task is about. The head is the first paragraph,
 * up to a quotation or, once a task is named, to a colon; the tail is the last paragraph of a text whose document does
 * not run to its end. What a document says counts little.
 */
final class Regions {
    /** How much a word counts that stands in what is plainly a document. */
    static final double DOCUMENT = 0.2;

    /** How much a word counts that stands between head and tail. */
    static final double BODY = 0.6;

    /** How much a word counts that stands in the tail. */
    static final double TAIL = 0.7;

    private static final int HEAD_MOST = 400;
    private static final int TAIL_MOST = 300;
    private static final int WHOLE = 700;
    private static final int QUOTE_LEAST = 40;

    int headEnd;
    int tailStart;
    private double body;

    /** Finds head and tail by paragraphs alone. */
    void find(String text) {
        int length = text.length();
        int first = paragraphEnd(text);
        body = BODY;
        if (first < 0) {
            boolean whole = length <= WHOLE;
            headEnd = whole ? length : HEAD_MOST;
            tailStart = whole ? length : length - TAIL_MOST;
            return;
        }
        headEnd = Math.min(first, HEAD_MOST);
        int last = text.lastIndexOf("\n\n", length - 3);
        int lastLine = text.lastIndexOf('\n', length - 2);
        tailStart = Math.max(Math.max(last > first ? last : lastLine, length - TAIL_MOST), headEnd);
        if (firstFence(text) >= 0) {
            body = DOCUMENT;
        }
        if (isFence(text, Math.max(lastLine + 1, 0))) {
            tailStart = length;
        }
    }

    private static int paragraphEnd(String text) {
        int blank = text.indexOf("\n\n");
        int fence = firstFence(text);
        int end = blank < 0 ? fence : fence < 0 ? blank : Math.min(blank, fence);
        return end > 0 && end < text.length() - 2 ? end : -1;
    }

    private static int firstFence(String text) {
        int end = Math.min(text.length() - 1, HEAD_MOST);
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n' && isFence(text, i + 1)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a line begins here that marks where quoted material begins or ends. */
    private static boolean isFence(String text, int at) {
        return text.startsWith("```", at)
                || text.startsWith("\"\"\"", at)
                || text.startsWith("---", at)
                || text.startsWith("===", at)
                || text.startsWith("<", at) && text.indexOf('>', at) > 0;
    }

    /**
     * A task was named by a phrase that ends at {@code from}: a colon or a long quotation behind it, in the head, begins
     * the document, which runs to the end unless a further paragraph follows.
     */
    void taskNamed(String text, int from) {
        int end = Math.min(headEnd, text.length());
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            boolean colon = c == '\uFF1A' || c == ':' && (i + 1 == text.length() || text.charAt(i + 1) <= ' ');
            if (colon || opensQuote(c) && isLongQuote(text, i)) {
                if (tailStart >= text.length() || !text.startsWith("\n", tailStart)) {
                    tailStart = text.length();
                }
                headEnd = i;
                body = DOCUMENT;
                return;
            }
        }
    }

    private static boolean opensQuote(char c) {
        return c == '"' || c == '\u201C' || c == '\u201E' || c == '\u00AB' || c == '\u300C' || c == '\u300A';
    }

    private static boolean isLongQuote(String text, int at) {
        int line = text.indexOf('\n', at);
        int end = line < 0 ? text.length() : line;
        for (int i = at + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\u201D' || c == '\u201C' || c == '\u00BB' || c == '\u300D' || c == '\u300B') {
                return i - at > QUOTE_LEAST;
            }
        }
        return end - at > QUOTE_LEAST;
    }

    /** How much a word counts that begins here. */
    double weight(int at) {
        return at < headEnd ? 1 : at >= tailStart ? TAIL : body;
    }

    /** How much a word counts that begins here, for those who look at what a text is about: all but a document whole. */
    double topicWeight(int at) {
        return at < headEnd || at >= tailStart || body == BODY ? 1 : DOCUMENT;
    }
}
