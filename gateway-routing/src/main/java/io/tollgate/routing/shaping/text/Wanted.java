package io.tollgate.routing.shaping.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What kind of thing answers a question, as far as its words tell, and whether a sentence has such a thing.
 *
 * @param time a date or year
 * @param number an amount
 * @param person somebody
 * @param place somewhere
 */
record Wanted(boolean time, boolean number, boolean person, boolean place) {
    private static final Pattern TIME =
            Pattern.compile("\\b(when|what year|which year|what date|what day|what time|wann|quand|cuándo)\\b");
    private static final Pattern NUMBER = Pattern.compile("\\bhow (many|much|long|old|tall|far|big|large|high|often)\\b"
            + "|\\bwhat (number|percentage|age|population)\\b|\\b(wie viele?|combien|cuánt[oa]s?)\\b");
    private static final Pattern PERSON = Pattern.compile("\\b(who('s|se|m)?|wer|qui|quién)\\b");
    private static final Pattern PLACE = Pattern.compile("\\b(where|what (city|country|state|place)|wo|où|dónde)\\b");
    private static final Pattern YEAR = Pattern.compile("\\b(1[5-9]|20)\\d\\d\\b");
    private static final Set<String> MONTHS = Set.of(
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
            "december");

    static Wanted by(String question) {
        String words = question.toLowerCase(Locale.ROOT);
        return new Wanted(
                TIME.matcher(words).find(),
                NUMBER.matcher(words).find(),
                PERSON.matcher(words).find(),
                PLACE.matcher(words).find());
    }

    /** What the sentence's having such a thing is worth. */
    double in(String sentence, java.util.Collection<String> asked) {
        double worth = 0;
        worth += time && hasTime(sentence) ? Weights.TIME : 0;
        worth += number && sentence.chars().anyMatch(Character::isDigit) ? Weights.NUMBER : 0;
        boolean any = time || number || person || place;
        if (person || place || !any) {
            int names = names(sentence, asked);
            worth += person && names > 0 ? Weights.NAME : 0;
            worth += person && names > 1 ? Weights.NAMES : 0;
            worth += place && names > 0 ? Weights.PLACE : 0;
            worth += !any && names > 0 ? Weights.ANY_NAME : 0;
        }
        return worth;
    }

    private static boolean hasTime(String sentence) {
        if (YEAR.matcher(sentence).find()) {
            return true;
        }
        for (String word : sentence.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
            if (MONTHS.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Capitalised words within the sentence that the question does not have; two are as good as many. */
    private static int names(String sentence, java.util.Collection<String> asked) {
        int names = 0;
        for (int i = 1; i + 1 < sentence.length() && names < 2; i++) {
            char before = sentence.charAt(i - 1);
            if (Character.isUpperCase(sentence.charAt(i))
                    && Character.isLetter(sentence.charAt(i + 1))
                    && (Character.isLetterOrDigit(before) || "_,;:\"(' ".indexOf(before) >= 0)) {
                int end = i + 1;
                while (end < sentence.length() && Character.isLetter(sentence.charAt(end))) {
                    end++;
                }
                String stem = Stems.stem(sentence.substring(i, end).toLowerCase(Locale.ROOT));
                names += asked.contains(stem) ? 0 : 1;
                i = end - 1;
            }
        }
        return names;
    }
}
