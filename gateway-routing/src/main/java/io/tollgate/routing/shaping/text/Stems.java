package io.tollgate.routing.shaping.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words of a text in the form they are compared by: lower case, without the commonest English endings. */
final class Stems {
    private static final String[] ENDINGS = {"ing", "ed", "er", "ers", "es", "ly"};
    private static final int[] SHORTEST = {6, 5, 6, 6, 5, 5};
    private static final Set<String> COMMON =
            Set.of(("a an the of in on at to for and or is are was were be been by with from as that this it its do"
                            + " does did has have had what which who whom whose when where why how you your i we they he she his her"
                            + " their my me us our will would can could should may might not no so if then than there here all any"
                            + " some into over up out about also just")
                    .split(" "));

    private Stems() {}

    /** The stems of a text's words, in order. */
    static List<String> of(String text) {
        List<String> stems = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean word = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (word && from < 0) {
                from = i;
            } else if (!word && from >= 0) {
                stems.add(stem(text.substring(from, i).toLowerCase(Locale.ROOT)));
                from = -1;
            }
        }
        return stems;
    }

    /** Whether a stem is one of a word that says little by itself. */
    static boolean isCommon(String stem) {
        return COMMON_STEMS.contains(stem);
    }

    static String stem(String word) {
        int length = word.length();
        if (length > 4 && word.endsWith("ies")) {
            return word.substring(0, length - 3) + "y";
        }
        if (length > 4 && word.endsWith("sses")) {
            return word.substring(0, length - 2);
        }
        String stem = withoutEnding(word);
        if (stem.equals(word) && length > 3 && word.endsWith("s") && !word.endsWith("ss")) {
            stem = word.substring(0, length - 1);
        }
        return stem.length() > 4 && stem.endsWith("e") ? stem.substring(0, stem.length() - 1) : stem;
    }

    private static String withoutEnding(String word) {
        for (int i = 0; i < ENDINGS.length; i++) {
            if (word.length() >= SHORTEST[i] && word.endsWith(ENDINGS[i])) {
                String stem = word.substring(0, word.length() - ENDINGS[i].length());
                int end = stem.length() - 1;
                boolean twice =
                        end >= 2 && stem.charAt(end) == stem.charAt(end - 1) && "lsz".indexOf(stem.charAt(end)) < 0;
                return twice ? stem.substring(0, end) : stem;
            }
        }
        return word;
    }

    private static final Set<String> COMMON_STEMS =
            Set.copyOf(COMMON.stream().map(Stems::stem).distinct().toList());
}
