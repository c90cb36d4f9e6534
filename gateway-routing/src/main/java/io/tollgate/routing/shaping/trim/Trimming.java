package io.tollgate.routing.shaping.trim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What can be taken out of a system prompt without changing what it says: blanks at the ends of lines and of the text,
 * runs of blanks and of empty lines, and {@link Filler}. Code, quotes and JSON stay as they are. The same text is always
 * trimmed the same way, so that the provider's prompt cache knows it again. Pure, for any thread.
 */
public final class Trimming {
    private final String text;
    private final BitSet spared;
    private final List<Cut> cuts = new ArrayList<>();

    private Trimming(String text) {
        this.text = text;
        this.spared = Protected.in(text);
    }

    /** The cuts, in order; none touches another. */
    public static List<Cut> cuts(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        Trimming trimming = new Trimming(text);
        trimming.find();
        return trimming.cuts;
    }

    private void find() {
        int i = 0;
        while (i < text.length()) {
            Cut phrase = Filler.at(text, i);
            if (phrase != null && !isSpared(phrase)) {
                cuts.add(phrase);
                i = phrase.to();
            } else {
                i = isBlank(i) ? blanks(i) : i + 1;
            }
        }
    }

    private boolean isSpared(Cut cut) {
        int next = spared.nextSetBit(cut.from());
        return next >= 0 && next < cut.to();
    }

    private boolean isBlank(int at) {
        char c = text.charAt(at);
        return (c == ' ' || c == '\t' || c == '\n' || c == '\r') && !spared.get(at);
    }

    private int blanks(int from) {
        int to = from;
        int lines = 0;
        int last = from - 1;
        while (to < text.length() && isBlank(to)) {
            if (text.charAt(to) == '\n') {
                lines++;
                last = to;
            }
            to++;
        }
        if (from == 0 || to == text.length()) {
            add(from, to, "");
        } else if (lines > 0) {
            add(from, last + 1, lines > 1 ? "\n\n" : "\n");
        } else if (to - from > 1) {
            add(from, to, " ");
        }
        return to;
    }

    /** Only what differs is cut. */
    private void add(int from, int to, String instead) {
        int start = from;
        int end = to;
        int kept = instead.length();
        int done = 0;
        while (done < kept && start < end && text.charAt(start) == instead.charAt(done)) {
            start++;
            done++;
        }
        while (kept > done && end > start && text.charAt(end - 1) == instead.charAt(kept - 1)) {
            end--;
            kept--;
        }
        if (end > start) {
            cuts.add(new Cut(start, end, instead.substring(done, kept), end - start > 1 ? 1 : 0));
        }
    }
}
