package io.tollgate.core.dialect.answer;

import java.util.List;
import java.util.Random;

/** Valid JSON of random shape whose names often are those a layout asks for. */
final class RandomAnswer {
    private static final List<String> NAMES = List.of(
            "model", "sure", "list", "name", "sizes", "usage", "in", "out", "details", "cached", "text", "args", "x");
    private static final List<String> STRINGS = List.of(
            "", "abc", "}", "{[", "é", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "\\ud83dx", "\\n\\/", "a,b:c");
    private static final List<String> NUMBERS = List.of("0", "17", "-4", "1.5", "2e7", "123456789012345678");

    private RandomAnswer() {}

    /** An object or, deeper, any value. */
    static void write(Random random, StringBuilder json, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(depth > 5 ? 4 : 9);
        if (kind == 0 || kind > 6) {
            object(random, json, depth);
        } else if (kind > 3) {
            array(random, json, depth);
        } else if (kind == 1) {
            json.append('"');
            for (int i = random.nextInt(4); i > 0; i--) {
                json.append(STRINGS.get(random.nextInt(STRINGS.size())));
            }
            json.append('"');
        } else if (kind == 2) {
            json.append(NUMBERS.get(random.nextInt(NUMBERS.size())));
        } else {
            json.append(List.of("null", "true", "false").get(random.nextInt(3)));
        }
    }

    private static void object(Random random, StringBuilder json, int depth) {
        json.append('{');
        int members = depth > 5 ? 0 : random.nextInt(5);
        for (int i = 0; i < members; i++) {
            json.append(i == 0 ? "" : ",").append(random.nextInt(4) == 0 ? "\n " : "");
            json.append('"').append(NAMES.get(random.nextInt(NAMES.size()))).append("\" : ");
            write(random, json, depth + 1);
        }
        json.append('}');
    }

    private static void array(Random random, StringBuilder json, int depth) {
        json.append('[');
        int elements = random.nextInt(4);
        for (int i = 0; i < elements; i++) {
            json.append(i == 0 ? "" : " , ");
            write(random, json, depth + 1);
        }
        json.append(']');
    }
}
