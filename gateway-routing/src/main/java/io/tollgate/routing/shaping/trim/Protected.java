package io.tollgate.routing.shaping.trim;

import java.util.BitSet;
import java.util.Set;

/**
 * The parts of a text that must stay as they are: code (fenced, indented, inline, in tags), quotes, and JSON or whatever
 * else stands in braces and brackets. What is opened and never closed is protected to its paragraph's end. Time grows
 * with the text alone: beyond a number of steps all the rest is protected.
 */
final class Protected {
    private static final Set<String> TAGS =
            Set.of("code", "pre", "example", "examples", "json", "quote", "blockquote", "script", "style");
    private static final int LONGEST_TAG = 12;
    private static final String OPENERS = "\u201c\u00ab\u201e\u2018\u300c";
    private static final String CLOSERS = "\u201d\u00bb\u201c\u2019\u300d";

    private final String text;
    private final BitSet spared = new BitSet();
    private long steps;

    private Protected(String text) {
        this.text = text;
        this.steps = 8L * text.length() + 100_000;
    }

    /** The characters that must stay. */
    static BitSet in(String text) {
        Protected parts = new Protected(text);
        parts.find();
        return parts.spared;
    }

    private void find() {
        for (int i = 0; i < text.length(); ) {
            if (steps <= 0) {
                spared.set(i, text.length());
                return;
            }
            int end = i == 0 || text.charAt(i - 1) == '\n' ? line(i) : i;
            end = end > i ? end : part(i);
            if (end > i) {
                spared.set(i, end);
            }
            i = Math.max(end, i + 1);
        }
    }

    /** Where a protected line, or a block that begins with this line, ends; {@code from} where there is none. */
    private int line(int from) {
        int indent = from;
        while (indent < text.length() && text.charAt(indent) == ' ') {
            indent++;
        }
        if (indent >= text.length()) {
            return from;
        }
        char first = text.charAt(indent);
        if ((indent - from >= 4 || first == '\t') && !isBlank(indent)) {
            return endOfLine(from);
        }
        if (first == '>') {
            return endOfLine(from);
        }
        if (text.startsWith("```", indent) || text.startsWith("~~~", indent)) {
            String fence = text.substring(indent, indent + 3);
            int at = endOfLine(from);
            while (at < text.length()) {
                int next = at + 1;
                at = endOfLine(next);
                steps -= at - next + 1;
                if (text.substring(next, at).strip().startsWith(fence)) {
                    return at;
                }
            }
            return text.length();
        }
        return from;
    }

    private boolean isBlank(int from) {
        return text.substring(from, endOfLine(from)).isBlank();
    }

    private int part(int i) {
        char c = text.charAt(i);
        return switch (c) {
            case '`' -> ticks(i);
            case '"' -> closed(i, '"');
            case '\'' -> single(i);
            case '{', '[' -> brackets(i);
            case '<' -> tag(i);
            default -> OPENERS.indexOf(c) < 0 ? i : closed(i, CLOSERS.charAt(OPENERS.indexOf(c)));
        };
    }

    private int ticks(int from) {
        int count = from;
        while (count < text.length() && text.charAt(count) == '`') {
            count++;
        }
        int end = endOfParagraph(from);
        int close = text.indexOf(text.substring(from, count), count);
        steps -= (close < 0 ? text.length() : close) - from;
        return close < 0 || close >= end ? end : close + (count - from);
    }

    private int closed(int from, char close) {
        int end = endOfParagraph(from);
        for (int i = from + 1; i < end; i++) {
            if (text.charAt(i) == close && text.charAt(i - 1) != '\\') {
                return i + 1;
            }
        }
        return end;
    }

    /** An apostrophe is no quote: one opens behind a gap and closes before one. */
    private int single(int from) {
        boolean opens = (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
                && from + 1 < text.length()
                && !Character.isWhitespace(text.charAt(from + 1));
        int end = opens ? endOfLine(from) : from;
        steps -= end - from;
        for (int i = from + 1; i < end; i++) {
            boolean closes = text.charAt(i) == '\''
                    && (i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1)));
            if (closes) {
                return i + 1;
            }
        }
        return from;
    }

    private int brackets(int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length() && steps > 0; i++, steps--) {
            char c = text.charAt(i);
            if (quoted) {
                quoted = c != '"';
                i += c == '\\' ? 1 : 0;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return endOfParagraph(from);
    }

    private int tag(int from) {
        int end = from + 1;
        while (end < text.length() && end - from <= LONGEST_TAG && Character.isLetter(text.charAt(end))) {
            end++;
        }
        String name = text.substring(from + 1, end);
        if (!TAGS.contains(name)) {
            return from;
        }
        String closing = "</" + name + ">";
        int close = text.indexOf(closing, end);
        steps -= (close < 0 ? text.length() : close) - from;
        return close < 0 ? endOfParagraph(from) : close + closing.length();
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private int endOfParagraph(int from) {
        int end = endOfLine(from);
        while (end < text.length()) {
            int next = endOfLine(end + 1);
            if (text.substring(end + 1, next).isBlank()) {
                break;
            }
            end = next;
        }
        steps -= end - from;
        return end;
    }
}
