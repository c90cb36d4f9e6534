package io.tollgate.routing.complexity.text;

/** The part of a long text that is read: tasks stand at its beginning or at its end. */
public final class Window {
    /** Characters read from the beginning of a long text. */
    public static final int HEAD = 3_072;

    /** Characters read from its end. */
    public static final int TAIL = 3_072;

    /** Longest text read whole. */
    public static final int MAX = HEAD + TAIL;

    private Window() {}

    /** All of a short text; head and tail, as two paragraphs, of a long one. */
    public static String of(String text) {
        return text.length() <= MAX ? text : join(text.substring(0, HEAD), text.substring(text.length() - TAIL));
    }

    /** A head and a tail of some text that is too long to be read whole. */
    public static String join(String head, String tail) {
        return head + "\n\n" + tail;
    }
}
