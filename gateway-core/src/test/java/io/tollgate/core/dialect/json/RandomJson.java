package io.tollgate.core.dialect.json;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Writes random chat bodies and remembers, independently of any parser, where everything stands. */
final class RandomJson {
    private static final String[] LETTERS = {
        "a", "Z", "0", " ", "é", "ß", "中", "文", "😀", "\u00a0", "\"", "\\", "\n", "\t", "\u0001", "{", "]", ",", ":"
    };

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    RandomJson(Random random) {
        this.random = random;
    }

    String written() {
        return out.toString();
    }

    /** Where the next character will stand, in bytes. */
    int position() {
        return out.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    RandomJson raw(String json) {
        out.append(json);
        return this;
    }

    RandomJson blank() {
        for (int i = random.nextInt(4); i > 1; i--) {
            out.append(" \n\r\t".charAt(random.nextInt(4)));
        }
        return this;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    /** Writes a string, some characters escaped though they need not be; answers its UTF-8 length unescaped. */
    int string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c);
            if (c < ' ' || random.nextInt(6) == 0) {
                escape(c);
                if (pair) {
                    escape(text.charAt(++i));
                }
            } else if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append(c);
                if (pair) {
                    out.append(text.charAt(++i));
                }
            }
        }
        out.append('"');
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void escape(char c) {
        if (c == '\n' && random.nextBoolean()) {
            out.append("\\n");
        } else {
            String hex = String.format("\\u%04x", (int) c);
            out.append(random.nextBoolean() ? hex : "\\u" + hex.substring(2).toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** Any value, at most {@code depth} levels deep. */
    void value(int depth) {
        switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> string(text());
            case 1 -> out.append(random.nextInt(-9_000, 9_000));
            case 2 -> out.append(random.nextDouble());
            case 3 -> out.append(random.nextBoolean());
            case 4 -> out.append("null");
            case 5 -> list('[', ']', depth);
            default -> list('{', '}', depth);
        }
    }

    private void list(char open, char close, int depth) {
        out.append(open);
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            blank();
            if (open == '{') {
                string("k" + i + text());
                blank().raw(":").blank();
            }
            value(depth - 1);
            blank().raw(i + 1 < size ? "," : "");
        }
        blank().raw(String.valueOf(close));
    }
}
