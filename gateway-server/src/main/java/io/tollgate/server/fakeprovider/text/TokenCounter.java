package io.tollgate.server.fakeprovider.text;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Counts tokens: exactly with the o200k encoding up to a size and where words are of human length, by a ratio
 * of characters otherwise. Any thread. */
public final class TokenCounter {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int LONGEST_RUN = 200;

    private final int exactUpTo;

    /**
     * A counter.
     *
     * @param exactUpTo characters up to which a text is really encoded; 0 for never, the cheapest
     */
    public TokenCounter(int exactUpTo) {
        this.exactUpTo = exactUpTo;
    }

    /** Tokens of a text; at least one for a text that is not empty. */
    public int count(String text) {
        return countsExactly(text)
                ? Lazy.O200K.countTokensOrdinary(text)
                : Math.ceilDiv(text.length(), CHARACTERS_PER_TOKEN);
    }

    /** The text in pieces, one per token; characters are never torn. */
    public List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        if (!countsExactly(text) || !isAscii(text)) {
            for (int at = 0; at < text.length(); ) {
                int end = text.offsetByCodePoints(
                        at, Math.min(CHARACTERS_PER_TOKEN, text.codePointCount(at, text.length())));
                pieces.add(text.substring(at, end));
                at = end;
            }
            return pieces;
        }
        IntArrayList tokens = Lazy.O200K.encodeOrdinary(text);
        for (int i = 0; i < tokens.size(); i++) {
            IntArrayList one = new IntArrayList(1);
            one.add(tokens.get(i));
            pieces.add(Lazy.O200K.decode(one));
        }
        return pieces;
    }

    /** The tokenizer takes quadratic time on runs without a space. */
    private boolean countsExactly(String text) {
        if (text.length() > exactUpTo) {
            return false;
        }
        int run = 0;
        for (int i = 0; i < text.length() && run <= LONGEST_RUN; i++) {
            run = Character.isWhitespace(text.charAt(i)) ? 0 : run + 1;
        }
        return run <= LONGEST_RUN;
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    /** Loading the encoding takes 0.2 s and 30 MB: only when it is used. */
    private static final class Lazy {
        private static final Encoding O200K =
                Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }
}
