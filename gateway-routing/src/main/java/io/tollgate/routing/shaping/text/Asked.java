package io.tollgate.routing.shaping.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The question within a text, and what of the text must stay for it to be one.
 *
 * @param question as it is compared with
 * @param pins character ranges that stay
 */
record Asked(String question, List<int[]> pins) {
    /** A text up to this many characters is a question as a whole. */
    static final int SHORT = 600;

    private static final int LONGEST_LINE = 500;
    private static final int EDGE_LINES = 6;
    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\W{0,4}(?:user |my |the )?(?:question|query|q|frage|pregunta|domanda|task|instruction)\\W{0,3}:\\W{0,3}");
    private static final Pattern ASKING = Pattern.compile(
            "(?i)\\W{0,3}(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|name|list|tell"
                    + "|find|summari[sz]e|explain|describe|extract|answer|wer|was|wann|wo|warum|wie|welche\\w*|qui|que|quoi|quand"
                    + "|où|pourquoi|comment|quel\\w*|quién|qué|cuándo|dónde|por qué|cómo|cuál\\w*)\\b.*|.*[?？]\\s*");

    static Asked in(String text) {
        if (text.length() <= SHORT) {
            return new Asked(text, List.of(new int[] {0, text.length()}));
        }
        List<int[]> first = new ArrayList<>();
        List<int[]> last = new ArrayList<>();
        edges(text, first, last);
        int[] line = choose(text, first, last);
        List<int[]> pins = new ArrayList<>();
        if (!first.isEmpty() && isOwn(text, first.getFirst())) {
            pins.add(first.getFirst());
        }
        for (int[] tail : last) {
            if (tail[1] - tail[0] <= 40 || (line != null && tail[0] == line[0])) {
                pins.add(tail);
            } else {
                break;
            }
        }
        if (line == null) {
            return new Asked("", pins);
        }
        pins.add(line);
        String words = text.substring(line[0], line[1]);
        Matcher named = NAMED.matcher(words);
        return new Asked(named.lookingAt() ? words.substring(named.end()) : words, pins);
    }

    /** The first lines that are not blank, in order; the last ones, backwards. */
    private static void edges(String text, List<int[]> first, List<int[]> last) {
        for (int from = 0; from < text.length() && first.size() < EDGE_LINES; ) {
            int to = text.indexOf('\n', from);
            to = to < 0 ? text.length() : to;
            if (!text.substring(from, to).isBlank()) {
                first.add(new int[] {from, to});
            }
            from = to + 1;
        }
        for (int to = text.length(); to > 0 && last.size() < EDGE_LINES; ) {
            int from = text.lastIndexOf('\n', to - 1) + 1;
            if (!text.substring(from, to).isBlank()) {
                last.add(new int[] {from, to});
            }
            to = from - 1;
        }
    }

    private static int @Nullable [] choose(String text, List<int[]> first, List<int[]> last) {
        for (List<int[]> side : List.of(last, first)) {
            for (int[] line : side) {
                if (line[1] - line[0] <= LONGEST_LINE
                        && NAMED.matcher(text).region(line[0], line[1]).lookingAt()) {
                    return line;
                }
            }
        }
        int[] tail = last.isEmpty() ? null : last.getFirst();
        if (tail != null && last.size() > 1 && tail[1] - tail[0] <= 20) {
            tail = last.get(1);
        }
        int[] head = first.isEmpty() ? null : first.getFirst();
        for (int[] line : new int[][] {tail, head}) {
            if (line != null
                    && isOwn(text, line)
                    && ASKING.matcher(text).region(line[0], line[1]).matches()) {
                return line;
            }
        }
        if (tail != null && isOwn(text, tail) && tail[1] - tail[0] <= 200) {
            return tail;
        }
        return head != null && isOwn(text, head) ? head : null;
    }

    private static boolean isOwn(String text, int[] line) {
        return line[1] - line[0] <= LONGEST_LINE && !Opening.at(text.toCharArray(), line[0]);
    }
}
