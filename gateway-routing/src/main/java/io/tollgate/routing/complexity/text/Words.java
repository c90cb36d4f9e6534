package io.tollgate.routing.complexity.text;

/** How words become numbers: lower case, any number is one word, each Han, Kana or Thai character is a word of its own. */
public final class Words {
    /** The word every number is read as. */
    public static final long NUMBER = finish(seed() * 31 + '0');

    private static final long PRIME = 0x100000001b3L;
    private static final long CHAIN = 0x9E3779B97F4A7C15L;

    private Words() {}

    static long seed() {
        return 0xcbf29ce484222325L;
    }

    static long add(long hash, char lower) {
        return (hash ^ lower) * PRIME;
    }

    static long finish(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 29);
    }

    /** Two words, or a chain of words and one more. */
    static long chain(long before, long word) {
        return finish(before * CHAIN + word);
    }

    /** Whether the character is written without blanks around words. */
    static boolean standsAlone(char c) {
        return c >= 0x0E00 && (c <= 0x0E7F || c >= 0x2E80 && c <= 0x9FFF || c >= 0xF900 && c <= 0xFAFF);
    }

    static char lower(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
        }
        return Character.toLowerCase(c);
    }
}
