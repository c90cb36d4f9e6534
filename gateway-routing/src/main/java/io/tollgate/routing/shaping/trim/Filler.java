package io.tollgate.routing.shaping.trim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * English phrases that tell a model nothing: politeness and announcements at the beginning of a sentence, and long ways
 * of saying a short word. What can carry meaning (very, just, always, note) is not among them.
 */
final class Filler {
    private static final String[] POLITE = {
        "please be aware that",
        "please be sure to",
        "please make sure to",
        "please note that",
        "please remember that",
        "please remember to",
        "please keep in mind that",
        "please",
        "kindly",
        "it is important to note that",
        "it's important to note that",
        "it is worth noting that",
        "it's worth noting that",
        "it should be noted that",
        "it is important to remember that",
        "needless to say,",
        "as you may know,",
        "as you know,"
    };
    private static final String[][] SHORTER = {
        {"in order to", "to"},
        {"due to the fact that", "because"},
        {"in spite of the fact that", "although"},
        {"in the event that", "if"},
        {"at this point in time", "now"},
        {"for the purpose of", "for"},
        {"has the ability to", "can"},
        {"have the ability to", "can"},
        {"until such time as", "until"},
        {"on a regular basis", "regularly"},
        {"each and every", "every"},
        {"a large number of", "many"},
        {"the majority of", "most"}
    };
    private static final Map<Character, List<Phrase>> PHRASES = phrases();

    /** Null stands for phrases that go altogether, at the beginning of a sentence. */
    private record Phrase(String words, @Nullable String instead) {}

    private Filler() {}

    private static Map<Character, List<Phrase>> phrases() {
        Map<Character, List<Phrase>> phrases = new HashMap<>();
        for (String polite : POLITE) {
            add(new Phrase(polite, null), phrases);
        }
        for (String[] pair : SHORTER) {
            add(new Phrase(pair[0], pair[1]), phrases);
        }
        return phrases;
    }

    private static void add(Phrase phrase, Map<Character, List<Phrase>> phrases) {
        phrases.computeIfAbsent(phrase.words().charAt(0), first -> new ArrayList<>())
                .add(phrase);
    }

    /** The phrase that begins at a character, or null. */
    static @Nullable Cut at(String text, int from) {
        if (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
            return null;
        }
        List<Phrase> known = PHRASES.get(Character.toLowerCase(text.charAt(from)));
        if (known == null) {
            return null;
        }
        for (Phrase phrase : known) {
            int to = from + phrase.words().length();
            boolean whole = to < text.length() && !Character.isLetterOrDigit(text.charAt(to));
            if (whole && text.regionMatches(true, from, phrase.words(), 0, to - from)) {
                Cut cut = phrase.instead() == null ? polite(text, from, to) : shorter(text, from, to, phrase.instead());
                if (cut != null) {
                    return cut;
                }
            }
        }
        return null;
    }

    private static Cut shorter(String text, int from, int to, String instead) {
        String cased = Character.isUpperCase(text.charAt(from))
                ? Character.toUpperCase(instead.charAt(0)) + instead.substring(1)
                : instead;
        return new Cut(from, to, cased, words(text, from, to) - 1);
    }

    private static @Nullable Cut polite(String text, int from, int end) {
        int to = end;
        while (to < text.length() && text.charAt(to) == ' ') {
            to++;
        }
        if (to == end || to == text.length() || !Character.isLetter(text.charAt(to)) || !opens(text, from)) {
            return null;
        }
        char next = text.charAt(to);
        boolean raise = Character.isUpperCase(text.charAt(from)) && next >= 'a' && next <= 'z';
        String instead = raise ? String.valueOf((char) (next - 'a' + 'A')) : "";
        return new Cut(from, raise ? to + 1 : to, instead, words(text, from, end));
    }

    /** Whether a sentence or an item of a list begins here. */
    private static boolean opens(String text, int from) {
        int before = from - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        if (before < 0 || text.charAt(before) == '\n') {
            return true;
        }
        char c = text.charAt(before);
        if (before == from - 1) {
            return false;
        }
        return switch (c) {
            case '.', '!', '?', '\u2022' -> true;
            case '-', '*', ')' -> isListMarker(text, before);
            default -> false;
        };
    }

    private static boolean isListMarker(String text, int at) {
        int before = at - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || Character.isDigit(text.charAt(before)))) {
            before--;
        }
        return before < 0 || text.charAt(before) == '\n';
    }

    private static int words(String text, int from, int to) {
        int words = 1;
        for (int i = from; i < to; i++) {
            words += text.charAt(i) == ' ' ? 1 : 0;
        }
        return words;
    }
}
