package io.tollgate.server.fakeprovider.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences that look like an answer. Every piece is exactly one token of OpenAI's o200k encoding, so the number of
 * pieces is the number of tokens without running a tokenizer.
 */
public final class PseudoText {
    private static final Pattern IN_N_WORDS =
            Pattern.compile("\\bin (?:about |at most |exactly |under )?(\\d{1,5}) words\\b", Pattern.CASE_INSENSITIVE);
    private static final String[] OPENERS = {
        "The", "This", "Each", "When", "Most", "In", "For", "With", "After", "Before", "Every", "Because", "Here",
        "Some"
    };
    private static final String[] WORDS = {
        "answer",
        "model",
        "system",
        "value",
        "order",
        "price",
        "team",
        "budget",
        "request",
        "service",
        "customer",
        "report",
        "result",
        "change",
        "first",
        "second",
        "large",
        "small",
        "common",
        "simple",
        "clear",
        "open",
        "public",
        "local",
        "often",
        "usually",
        "also",
        "still",
        "then",
        "than",
        "that",
        "which",
        "where",
        "while",
        "into",
        "over",
        "under",
        "between",
        "about",
        "from",
        "with",
        "without",
        "shows",
        "makes",
        "keeps",
        "gives",
        "takes",
        "needs",
        "uses",
        "finds",
        "means",
        "works",
        "helps",
        "starts",
        "ends",
        "moves",
        "time",
        "day",
        "week",
        "month",
        "year",
        "data",
        "list",
        "page",
        "text",
        "word",
        "name",
        "place",
        "part",
        "point",
        "case",
        "number",
        "group",
        "line",
        "form",
        "level",
        "area",
        "state",
        "country",
        "city",
        "world",
        "water",
        "light",
        "power",
        "energy",
        "market",
        "product",
        "process",
        "method",
        "example",
        "reason",
        "question",
        "problem",
        "solution",
        "step",
        "plan",
        "goal",
        "rule",
        "limit",
        "cost",
        "token",
        "cache",
        "network",
        "server",
        "client"
    };
    private static final int SHORTEST = 24;
    private static final int LONGEST = 180;

    private PseudoText() {}

    /** The pieces of a text of exactly this many tokens. */
    public static List<String> pieces(long seed, int tokens) {
        List<String> pieces = new ArrayList<>(tokens);
        long state = seed;
        int untilStop = 0;
        while (pieces.size() < tokens) {
            state = Seed.next(state);
            boolean last = pieces.size() == tokens - 1;
            if (untilStop == 0) {
                String opener = OPENERS[Seed.below(state, OPENERS.length)];
                pieces.add(pieces.isEmpty() ? opener : " " + opener);
                untilStop = 7 + Seed.below(state + 1, 9);
            } else if (untilStop == 1 || last) {
                pieces.add(".");
                untilStop = 0;
            } else {
                pieces.add(" " + WORDS[Seed.below(state, WORDS.length)]);
                untilStop--;
            }
        }
        return pieces;
    }

    /** A plausible length in tokens for an answer to this text; honours "in N words". */
    public static int plausibleTokens(String question, long seed) {
        Matcher wished = IN_N_WORDS.matcher(question);
        if (wished.find()) {
            int words = Integer.parseInt(wished.group(1));
            return Math.max(2, words + Math.ceilDiv(words, 11));
        }
        return SHORTEST + Seed.below(seed, LONGEST - SHORTEST);
    }

    /** A single word, e.g. to fill an argument. */
    public static String word(long seed) {
        return WORDS[Seed.below(seed, WORDS.length)];
    }
}
