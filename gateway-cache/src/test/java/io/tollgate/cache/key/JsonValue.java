package io.tollgate.cache.key;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random JSON as values (maps, lists, strings, numbers, booleans, null), and ways to write one value down. */
final class JsonValue {
    private static final String[] LETTERS = {
        "a", "Z", " ", "é", "中", "😀", "\"", "\\", "/", "\n", "\u0001", "{", "]", ",", ":", "\u2028", "\ud800"
    };

    private final Random random;

    JsonValue(Random random) {
        this.random = random;
    }

    Map<String, Object> object(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            members.put("k" + random.nextInt(100) + text(3), value(depth - 1));
        }
        return members;
    }

    @Nullable
    Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> BigDecimal.valueOf(random.nextInt(2_000) - 1_000, random.nextInt(5));
            case 3 -> new BigDecimal(new java.math.BigInteger(80, random), random.nextInt(60) - 30);
            case 4 -> text(2_500);
            case 5 -> text(10);
            case 6 -> object(depth);
            default -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    list.add(value(depth - 1));
                }
                yield list;
            }
        };
    }

    private String text(int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    /** One more way to write the same value. */
    void write(@Nullable Object value, StringBuilder out) {
        blank(out);
        switch (value) {
            case null -> out.append("null");
            case Boolean flag -> out.append(flag);
            case BigDecimal number -> number(number, out);
            case String text -> string(text, out);
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    out.append(i > 0 ? "," : "");
                    write(list.get(i), out);
                }
                out.append(blanks()).append(']');
            }
            case Map<?, ?> map -> {
                List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
                Collections.shuffle(entries, random);
                out.append('{');
                for (int i = 0; i < entries.size(); i++) {
                    out.append(i > 0 ? "," : "");
                    blank(out);
                    string((String) entries.get(i).getKey(), out);
                    out.append(blanks()).append(':');
                    write(entries.get(i).getValue(), out);
                }
                out.append(blanks()).append('}');
            }
            default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
        }
        blank(out);
    }

    private void number(BigDecimal number, StringBuilder out) {
        if (number.signum() == 0) {
            out.append(random.nextBoolean() ? "0" : "-0.0E7");
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> out.append(number.toPlainString());
            case 1 ->
                out.append(number.setScale(Math.max(0, number.scale()) + 2).toPlainString());
            case 2 ->
                out.append(number.unscaledValue())
                        .append(random.nextBoolean() ? "e" : "E")
                        .append(-number.scale());
            default -> {
                int shift = random.nextInt(7) - 3;
                BigDecimal moved = number.movePointRight(shift);
                out.append(moved.toPlainString())
                        .append("e")
                        .append(shift > 0 ? "-" : "+")
                        .append(Math.abs(shift));
            }
        }
    }

    private void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair && random.nextBoolean()) {
                out.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c) || c < ' ' || random.nextInt(5) == 0) {
                out.append(escape(c));
                if (pair) {
                    out.append(escape(text.charAt(++i)));
                }
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        out.append('"');
    }

    private String escape(char c) {
        if (random.nextBoolean() && (c == '\n' || c == '"' || c == '\\' || c == '/')) {
            return c == '\n' ? "\\n" : "\\" + c;
        }
        String hex = String.format("%04x", (int) c);
        return "\\u" + (random.nextBoolean() ? hex : hex.toUpperCase(java.util.Locale.ROOT));
    }

    private void blank(StringBuilder out) {
        out.append(blanks());
    }

    private String blanks() {
        return random.nextInt(4) > 0 ? "" : String.valueOf(" \n\r\t".charAt(random.nextInt(4)));
    }
}
