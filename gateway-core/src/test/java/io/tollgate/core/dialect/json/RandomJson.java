package io.tollgate.core.dialect.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** Writes random chat bodies and remembers, independently of any parser, where everything stands. */
final class RandomJson {
    private static final String[] LETTERS = {
        "a", "Z", "0", " ", "é", "ß", "中", "文", "😀", "\u00a0", "\"", "\\", "\n", "\t", "\u0001", "{", "]", ",", ":"
    };

    private final Random random;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    RandomJson(Random random) {
        this.random = random;
    }

    byte[] written() {
        return out.toByteArray();
    }

    /** Where the next byte will stand. */
    int position() {
        return out.size();
    }

    RandomJson raw(String json) {
        out.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    RandomJson blank() {
        for (int i = random.nextInt(4); i > 1; i--) {
            raw(String.valueOf(" \n\r\t".charAt(random.nextInt(4))));
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
        raw("\"");
        text.codePoints().forEach(point -> {
            if (point < ' ' || random.nextInt(6) == 0) {
                for (char unit : Character.toChars(point)) {
                    escape(unit);
                }
            } else {
                raw((point == '"' || point == '\\' ? "\\" : "") + Character.toString(point));
            }
        });
        raw("\"");
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void escape(char c) {
        if (c == '\n' && random.nextBoolean()) {
            raw("\\n");
        } else {
            String hex = String.format("\\u%04x", (int) c);
            raw(random.nextBoolean() ? hex : "\\u" + hex.substring(2).toUpperCase(Locale.ROOT));
        }
    }

    /** Any value, at most {@code depth} levels deep. */
    void value(int depth) {
        switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> string(text());
            case 1 -> raw(String.valueOf(random.nextInt(-9_000, 9_000)));
            case 2 -> raw(String.valueOf(random.nextDouble()));
            case 3 -> raw(String.valueOf(random.nextBoolean()));
            case 4 -> raw(String.valueOf("null"));
            case 5 -> list('[', ']', depth);
            default -> list('{', '}', depth);
        }
    }

    private void list(char open, char close, int depth) {
        raw(String.valueOf(open));
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
