package io.tollgate.routing.shaping.text;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What kind of thing answers a question, as far as its words tell, and whether a sentence has such a thing.
 *
 * @param time a date or year
 * @param number an amount
 * @param person somebody
 * @param place somewhere
 */
record Wanted(boolean time, boolean number, boolean person, boolean place) {
    private enum Kind {
        TIME,
        NUMBER,
        PERSON,
        PLACE
    }

    private static final Map<String, Kind> ASKING = asking();
    /** Words that ask together with the one behind them. */
    private static final Set<String> PAIRED = Set.of("what", "which", "how", "wie");

    /** What the words that ask begin with. */
    private static final String INITIALS = "wqchod";

    private static final int LONGEST = 8;
    private static final String[] MONTHS = {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december"
    };

    private static Map<String, Kind> asking() {
        Map<String, Kind> asking = new HashMap<>();
        add(Kind.TIME, "when,what year,which year,what date,what day,what time,wann,quand,cuándo", asking);
        add(
                Kind.NUMBER,
                "how many,how much,how long,how old,how tall,how far,how big,how large,how high,how often,what number,"
                        + "what percentage,what age,what population,wie viel,wie viele,combien,cuánto,cuánta,cuántos,cuántas",
                asking);
        add(Kind.PERSON, "who,whose,whom,wer,qui,quién", asking);
        add(Kind.PLACE, "where,what city,what country,what state,what place,wo,où,dónde", asking);
        return Map.copyOf(asking);
    }

    private static void add(Kind kind, String words, Map<String, Kind> asking) {
        for (String asked : words.split(",")) {
            asking.put(asked, kind);
        }
    }

    static Wanted by(String question) {
        char[] words = question.toLowerCase(Locale.ROOT).toCharArray();
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        String before = "";
        for (int from = 0; from < words.length; ) {
            int to = wordEnd(words, from, words.length);
            if (to == from) {
                boolean apart = words[from] != ' ' || from == 0 || !Chars.isWord(words[from - 1]);
                before = apart ? "" : before;
                from++;
                continue;
            }
            boolean asking = INITIALS.indexOf(words[from]) >= 0 && to - from <= LONGEST;
            String word = asking || !before.isEmpty() ? new String(words, from, to - from) : "";
            add(ASKING.get(word), kinds);
            add(before.isEmpty() ? null : ASKING.get(before + ' ' + word), kinds);
            before = asking && PAIRED.contains(word) ? word : "";
            from = to;
        }
        return new Wanted(
                kinds.contains(Kind.TIME),
                kinds.contains(Kind.NUMBER),
                kinds.contains(Kind.PERSON),
                kinds.contains(Kind.PLACE));
    }

    private static void add(@Nullable Kind kind, Set<Kind> kinds) {
        if (kind != null) {
            kinds.add(kind);
        }
    }

    private static int wordEnd(char[] text, int from, int end) {
        int to = from;
        while (to < end && Chars.isWord(text[to])) {
            to++;
        }
        return to;
    }

    /** What a sentence's having such a thing is worth. */
    double in(char[] text, int from, int to, Question question) {
        double worth = 0;
        worth += time && hasTime(text, from, to) ? Weights.TIME : 0;
        worth += number && hasDigit(text, from, to) ? Weights.NUMBER : 0;
        boolean any = time || number || person || place;
        if (person || place || !any) {
            int names = names(text, from, to, question);
            worth += person && names > 0 ? Weights.NAME : 0;
            worth += person && names > 1 ? Weights.NAMES : 0;
            worth += place && names > 0 ? Weights.PLACE : 0;
            worth += !any && names > 0 ? Weights.ANY_NAME : 0;
        }
        return worth;
    }

    private static boolean hasDigit(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isDigit(text[i])) {
                return true;
            }
        }
        return false;
    }

    /** A year from 1500 to 2099, or a month's name. */
    private static boolean hasTime(char[] text, int from, int to) {
        for (int at = from; at < to; ) {
            int end = at;
            while (end < to && Chars.isAsciiWord(text[end])) {
                end++;
            }
            if (end > at && (Chars.isDigit(text[at]) ? isYear(text, at, end) : isMonth(text, at, end))) {
                return true;
            }
            at = Math.max(end, at + 1);
        }
        return false;
    }

    private static boolean isMonth(char[] text, int from, int to) {
        char first = Chars.lower(text[from]);
        for (String month : MONTHS) {
            if (month.charAt(0) == first && month.length() == to - from && Chars.isAt(text, from, to, month)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isYear(char[] text, int from, int to) {
        if (to - from != 4) {
            return false;
        }
        char century = text[from + 1];
        boolean known = text[from] == '1' ? century >= '5' && century <= '9' : text[from] == '2' && century == '0';
        return known && Chars.isDigit(text[from + 2]) && Chars.isDigit(text[from + 3]);
    }

    /** Capitalised words within the sentence that the question does not have; two are as good as many. */
    private static int names(char[] text, int from, int to, Question question) {
        int names = 0;
        for (int i = from + 1; i + 1 < to && names < 2; i++) {
            char before = text[i - 1];
            if (Chars.isUpper(text[i])
                    && Chars.isLetter(text[i + 1])
                    && (Chars.isWord(before) || "_,;:\"(' ".indexOf(before) >= 0)) {
                int end = i + 1;
                while (end < to && Chars.isLetter(text[end])) {
                    end++;
                }
                names += question.has(text, i, end) ? 0 : 1;
                i = end - 1;
            }
        }
        return names;
    }
}
