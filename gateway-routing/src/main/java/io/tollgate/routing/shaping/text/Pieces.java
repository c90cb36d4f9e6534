package io.tollgate.routing.shaping.text;

import java.util.ArrayList;
import java.util.List;

/** Cuts texts into blocks (at blank lines, headings, numbered documents, list items, tags) and these into sentences. */
final class Pieces {
    private static final int LONGEST = 600;
    private static final int LONGEST_HEAD = 160;

    private final List<Piece> pieces = new ArrayList<>();
    private int blocks;

    /** Adds a text; what lies between {@code pins} stays. */
    void add(int source, char[] text, List<int[]> pins) {
        int from = 0;
        while (from < text.length) {
            int to = blockEnd(text, from);
            block(source, text, from, to, pins);
            from = to;
        }
    }

    List<Piece> all() {
        return pieces;
    }

    int blocks() {
        return blocks;
    }

    private static int blockEnd(char[] text, int from) {
        int at = indexOf(text, '\n', from);
        while (at >= 0 && at + 1 < text.length) {
            int next = at + 1;
            int content = next;
            boolean blankLine = false;
            while (content < text.length && text[content] <= ' ') {
                blankLine |= text[content] == '\n';
                content++;
            }
            if (blankLine) {
                return lineStart(text, content, next);
            }
            if (Opening.at(text, next) && !Chars.isBlank(text, from, at)) {
                return next;
            }
            at = indexOf(text, '\n', next);
        }
        return text.length;
    }

    private static int lineStart(char[] text, int content, int least) {
        int newline = lastIndexOf(text, '\n', content - 1);
        return Math.max(least, content == text.length ? content : newline + 1);
    }

    private void block(int source, char[] text, int from, int to, List<int[]> pins) {
        int body = headEnd(text, from, to);
        if (body > from && body < to) {
            add(new Piece(source, blocks, from, body, true, pinned(pins, from, body)));
        } else {
            body = from;
        }
        for (int at = body; at < to; ) {
            int end = Sentences.end(text, at, to);
            sentence(source, text, at, end, pins);
            at = end;
        }
        blocks++;
    }

    private void sentence(int source, char[] text, int from, int to, List<int[]> pins) {
        int at = from;
        while (to - at > LONGEST) {
            int cut = lastIndexOf(text, ' ', at + LONGEST);
            cut = cut <= at ? at + LONGEST : cut;
            cut += Character.isLowSurrogate(text[cut]) ? 1 : 0;
            add(new Piece(source, blocks, at, cut, false, pinned(pins, at, cut)));
            at = cut;
        }
        if (at < to) {
            add(new Piece(source, blocks, at, to, false, pinned(pins, at, to)));
        }
    }

    private void add(Piece piece) {
        pieces.add(piece);
    }

    private static boolean pinned(List<int[]> pins, int from, int to) {
        for (int[] pin : pins) {
            if (from < pin[1] && to > pin[0]) {
                return true;
            }
        }
        return false;
    }

    /** Behind what names a block: its number and title, a heading, a short first line. */
    private static int headEnd(char[] text, int from, int to) {
        int at = Math.max(from, Opening.end(text, from, to));
        if (Chars.isAt(text, at, to, "(title:")) {
            int depth = 0;
            for (int i = at; i < to && i < at + LONGEST_HEAD * 2; i++) {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
                if (depth == 0) {
                    return i + 1 < to && text[i + 1] == ' ' ? i + 2 : i + 1;
                }
            }
        }
        int line = indexOf(text, '\n', at);
        boolean titled = line > at && line < to - 1 && line - at < LONGEST_HEAD && ".!?,;".indexOf(text[line - 1]) < 0;
        return titled ? line + 1 : at;
    }

    private static int indexOf(char[] text, char c, int from) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == c) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(char[] text, char c, int from) {
        int at = from;
        while (at >= 0 && text[at] != c) {
            at--;
        }
        return at;
    }
}
