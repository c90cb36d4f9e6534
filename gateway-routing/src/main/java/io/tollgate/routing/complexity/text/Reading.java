package io.tollgate.routing.complexity.text;

/**
 * One text, read once: its words as numbers, and counts of what stands between them. A scratch pad that is filled again
 * and again; one thread.
 */
public final class Reading {
    private static final int ROOM = Window.MAX + 2;
    private static final String[] EXAMPLE_LABELS = {
        "Q:",
        "Input:",
        "Example",
        "Text:",
        "Beispiel",
        "Eingabe:",
        "Exemple",
        "Entrée",
        "Ejemplo",
        "Entrada:",
        "Esempio",
        "\u4F8B",
        "\u8F93\u5165"
    };
    private static final int LONGEST_IMPORT = 120;
    private static final int LOWEST_OPTION = 'A';
    private static final int HIGHEST_OPTION = 'J';

    final long[] hash = new long[ROOM];
    final int[] start = new int[ROOM];
    final int[] end = new int[ROOM];
    String text = "";
    int count;
    int numbers;
    int letters;
    int uppers;
    int signs;
    int lines;
    int questions;
    int sentences;
    int maths;
    int fractions;
    int codeSigns;
    int options;
    int examples;
    int blanks;

    /** Makes an empty one. */
    public Reading() {}

    /** Reads {@code source}; of a text longer than {@link Window#MAX} the rest is not looked at. */
    void read(String source) {
        words(source);
        int length = Math.min(text.length(), ROOM);
        lines = 0;
        questions = 0;
        sentences = 0;
        maths = 0;
        fractions = 0;
        codeSigns = 0;
        options = 0;
        examples = 0;
        blanks = 0;
        signs = 0;
        boolean lineStart = true;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            char next = i + 1 < length ? text.charAt(i + 1) : '\n';
            if (lineStart && c != ' ') {
                lineStart = false;
                options += c >= LOWEST_OPTION && c <= HIGHEST_OPTION && (next == '.' || next == ')') ? 1 : 0;
                codeSigns += startsCode(i) ? 3 : 0;
                examples += isExampleLabel(i) ? 1 : 0;
            }
            if (c == '\n') {
                lines++;
                lineStart = true;
            } else if (c > ' ' && (c < 0x80 ? !isPlain(c) : !Character.isLetterOrDigit(c))) {
                signs++;
                sign(c, next, i);
            }
        }
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private void sign(char c, char next, int at) {
        switch (c) {
            case '?', '\u00BF', '\uFF1F' -> questions++;
            case '.', '!', '\u3002', '\uFF01' -> sentences += next <= ' ' || next > 0x2000 ? 1 : 0;
            case '$' -> maths += isDigit(next) ? 0 : 1;
            case '\\', '^', '\u221A', '\u222B', '\u2211' -> maths++;
            case '%', '\u00BD', '\uFF05' -> fractions++;
            case '/' -> fractions += Character.isDigit(next) ? 1 : 0;
            case '`' -> codeSigns += next == '`' ? 2 : 0;
            case '(' -> codeSigns += next == ')' ? 1 : 0;
            case ')' -> codeSigns += next == '{' || next == ';' || (next == ':' && isLineEnd(at + 2)) ? 1 : 0;
            case ';', '{', '}' -> codeSigns += next == '\n' ? 1 : 0;
            case '=' -> {
                codeSigns += next == '=' || next == '>' ? 1 : 0;
                maths++;
            }
            case '-' -> codeSigns += next == '>' ? 1 : 0;
            case '<' -> codeSigns += next == '/' ? 1 : 0;
            case ':' -> codeSigns += next == ':' ? 1 : 0;
            case '_' -> blanks += next == '_' ? 1 : 0;
            default -> {}
        }
    }

    private boolean isLineEnd(int at) {
        return at >= text.length() || text.charAt(at) == '\n';
    }

    private boolean startsCode(int at) {
        return text.startsWith("def ", at)
                || text.startsWith("import ", at)
                || (text.startsWith("from ", at)
                        && text.indexOf(" import ", at, Math.min(text.length(), at + LONGEST_IMPORT)) > 0)
                || text.startsWith("#include", at)
                || text.startsWith("public ", at)
                || text.startsWith("```", at)
                || text.startsWith("SELECT ", at);
    }

    private boolean isExampleLabel(int at) {
        for (String label : EXAMPLE_LABELS) {
            if (text.regionMatches(true, at, label, 0, label.length())) {
                return true;
            }
        }
        return false;
    }

    /** Reads only the words of {@code source}. */
    void words(String source) {
        text = source;
        count = 0;
        numbers = 0;
        letters = 0;
        uppers = 0;
        int length = Math.min(source.length(), ROOM - 1);
        int i = 0;
        while (i < length) {
            char c = source.charAt(i);
            if (c < 0x80 ? !isPlain(c) : !Character.isLetterOrDigit(c)) {
                i++;
            } else if (c >= '0' && c <= '9') {
                i = number(source, i, length);
            } else {
                i = word(source, i, length);
            }
        }
    }

    private int number(String source, int from, int length) {
        int i = from + 1;
        while (i < length) {
            char c = source.charAt(i);
            boolean inside = (c == '.' || c == ',') && i + 1 < length && isDigit(source.charAt(i + 1));
            if (!isDigit(c) && !inside) {
                break;
            }
            i++;
        }
        put(Words.NUMBER, from, i);
        numbers++;
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private int word(String source, int from, int length) {
        long h = Words.seed();
        int i = from;
        while (i < length) {
            char c = source.charAt(i);
            if (c < 0x80 ? !isPlain(c) || isDigit(c) : !Character.isLetterOrDigit(c)) {
                break;
            }
            boolean alone = Words.standsAlone(c);
            if (alone && i > from) {
                break;
            }
            char lower = Words.lower(c);
            uppers += lower == c ? 0 : 1;
            letters++;
            h = Words.add(h, lower);
            i++;
            if (alone) {
                break;
            }
        }
        put(Words.finish(h), from, i);
        return i;
    }

    private void put(long word, int from, int to) {
        hash[count] = word;
        start[count] = from;
        end[count] = to;
        count++;
    }

    /** Words read. */
    public int count() {
        return count;
    }

    /** The number that stands for a word. */
    public long word(int index) {
        return hash[index];
    }

    /** The number that stands for a word and the one before it. */
    public long pair(int index) {
        return Words.chain(hash[index - 1], hash[index]);
    }

    /** The number that stands for a word and the one before the last, whatever is between them. */
    public long pairAcross(int index) {
        return Words.chain(~hash[index - 2], hash[index]);
    }
}
