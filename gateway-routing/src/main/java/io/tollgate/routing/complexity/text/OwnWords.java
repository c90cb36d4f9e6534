package io.tollgate.routing.complexity.text;

/**
 * How much a text says in its writer's own words: neither between quotation marks nor in a document behind a short
 * introduction. Whoever tells a matter at length wants more than a word in answer. A scratch pad; one thread.
 */
final class OwnWords {
    /** A colon or a line's end behind at most so many words begins a document. */
    private static final int INTRODUCTION_MOST = 14;

    int count;
    private int end;

    /** Counts them. */
    void find(Reading words) {
        String text = words.text;
        boolean asksAtEnd = text.stripTrailing().endsWith("?");
        boolean quoted = false;
        int at = 0;
        count = 0;
        end = text.length();
        for (int i = 0; i < words.count; i++) {
            for (; at < words.start[i]; at++) {
                char c = text.charAt(at);
                if (count > 0 && count <= INTRODUCTION_MOST && begins(text, at) && !asksAtEnd) {
                    end = at;
                    return;
                }
                quoted = quoted ? !closes(c) : opens(c);
            }
            count += quoted ? 0 : 1;
            at = words.end[i];
        }
    }

    /** Whether what begins here belongs to them, quotations aside. */
    boolean reachTo(int place) {
        return place < end;
    }

    private static boolean begins(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || c == '\uFF1A' || (c == ':' && at + 1 < text.length() && text.charAt(at + 1) <= ' ');
    }

    private static boolean opens(char c) {
        return c == '"' || c == '\u201C' || c == '\u201E' || c == '\u00AB' || c == '\u300C' || c == '\u300A';
    }

    private static boolean closes(char c) {
        return c == '"' || c == '\u201D' || c == '\u201C' || c == '\u00BB' || c == '\u300D' || c == '\u300B';
    }
}
