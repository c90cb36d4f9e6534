package io.tollgate.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.RequestBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

class JsonTokenizerTest {
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\n",
        "\"",
        "\"a\"",
        "\"model\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"é😀 text\"",
        "\"a longer text without anything in it that would stop a scan\"",
        "\\",
        "\\n",
        "0",
        "-1",
        "12.5e-3",
        "1E9",
        "01",
        "-",
        "1.",
        "true",
        "false",
        "null",
        "nul",
        "\t",
        "\u0001",
        "x",
        "\"key\":",
        "{\"a\":1}",
        "[1,2,3]",
        "\"tab\tin\""
    };

    @Test
    void random_documents_have_the_tokens_an_independent_parser_finds() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] json = document(random, 0).getBytes(StandardCharsets.UTF_8);
            assertThat(ours(json)).as("seed " + seed).isEqualTo(theirs(json));
        }
    }

    @Test
    void random_pieces_are_refused_exactly_where_an_independent_parser_refuses_them() {
        for (int seed = 0; seed < 100_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            compare(text.toString().getBytes(StandardCharsets.UTF_8), "seed " + seed + ": " + text);
        }
    }

    @Test
    void a_document_with_one_byte_changed_is_read_or_refused_like_an_independent_parser_does() {
        for (int seed = 0; seed < 50_000; seed++) {
            Random random = new Random(seed);
            byte[] json = document(random, 0).getBytes(StandardCharsets.UTF_8);
            json[random.nextInt(json.length)] = (byte) "{}[]\",:\\ 0x\u0001".charAt(random.nextInt(12));
            compare(json, "seed " + seed + ": " + new String(json, StandardCharsets.UTF_8));
        }
    }

    private static void compare(byte[] json, String what) {
        List<String> theirs = null;
        try {
            theirs = theirs(json);
        } catch (JacksonException e) {
            // refused
        }
        List<String> ours = null;
        try {
            ours = ours(json);
        } catch (RefusedException e) {
            // refused
        }
        boolean loneSurrogateInName = ours != null
                && ours.stream()
                        .anyMatch(token -> token.startsWith("NAME")
                                && token.codePoints().anyMatch(c -> c >= 0xd800 && c < 0xe000));
        if (!loneSurrogateInName) { // RFC 8259 allows it; the other parser does in strings only
            assertThat(ours).as(what).isEqualTo(theirs);
        }
    }

    private static List<String> ours(byte[] json) {
        JsonTokenizer tokens = new JsonTokenizer(new RequestBody(json, 0, json.length));
        List<String> found = new ArrayList<>();
        for (tokens.next(); tokens.token() != null; tokens.next()) {
            Token token = tokens.token();
            String text = "";
            if (token == Token.NAME) {
                text = tokens.name();
            } else if (token == Token.STRING) {
                text = tokens.text();
                assertThat(tokens.textLength()).isEqualTo(utf8Length(text));
            } else if (token == Token.WHOLE || token == Token.FRACTION) {
                text = tokens.text();
            }
            found.add(token + " " + text + " @" + tokens.start());
        }
        return found;
    }

    /** A lone surrogate counts three bytes. */
    private static int utf8Length(String text) {
        return text.codePoints()
                .map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }

    private static List<String> theirs(byte[] json) {
        List<String> found = new ArrayList<>();
        int depth = 0;
        try (JsonParser parser = JsonSource.open(json, 0, json.length)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0 && !found.isEmpty()) {
                    throw new StreamReadException(parser, "a second document");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                String text = "";
                if (token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING || token.isNumeric()) {
                    text = parser.getString();
                }
                found.add(named(token) + " " + text + " @"
                        + parser.currentTokenLocation().getByteOffset());
            }
        }
        return found;
    }

    private static Token named(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> Token.START_OBJECT;
            case END_OBJECT -> Token.END_OBJECT;
            case START_ARRAY -> Token.START_ARRAY;
            case END_ARRAY -> Token.END_ARRAY;
            case PROPERTY_NAME -> Token.NAME;
            case VALUE_STRING -> Token.STRING;
            case VALUE_NUMBER_INT -> Token.WHOLE;
            case VALUE_NUMBER_FLOAT -> Token.FRACTION;
            case VALUE_TRUE -> Token.TRUE;
            case VALUE_FALSE -> Token.FALSE;
            case VALUE_NULL -> Token.NULL;
            default -> throw new AssertionError(token);
        };
    }

    private static String document(Random random, int depth) {
        String blank = random.nextInt(4) == 0 ? " \n" : "";
        return blank
                + switch (random.nextInt(depth > 5 ? 4 : 6)) {
                    case 0 -> string(random);
                    case 1 ->
                        new String[] {"0", "-0", "17", "-3.25", "1e5", "2E-7", "123456789012345678901"}
                                [random.nextInt(7)];
                    case 2 -> new String[] {"true", "false", "null"}[random.nextInt(3)];
                    case 3 -> "\"" + "plain text ".repeat(random.nextInt(12)) + "\"";
                    case 4 -> {
                        List<String> elements = new ArrayList<>();
                        for (int i = random.nextInt(4); i > 0; i--) {
                            elements.add(document(random, depth + 1));
                        }
                        yield "[" + String.join(blank + ",", elements) + blank + "]";
                    }
                    default -> {
                        List<String> members = new ArrayList<>();
                        for (int i = random.nextInt(4); i > 0; i--) {
                            members.add(string(random) + blank + ":" + document(random, depth + 1));
                        }
                        yield "{" + String.join("," + blank, members) + blank + "}";
                    }
                }
                + blank;
    }

    private static String string(Random random) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(
                    switch (random.nextInt(12)) {
                        case 0 -> "\\n";
                        case 1 -> "\\\"";
                        case 2 -> "\\u00Ff";
                        case 3 -> "\\ud83d\\ude00";
                        case 4 -> "é";
                        case 5 -> "漢";
                        case 6 -> "😀";
                        default -> String.valueOf((char) ('a' + random.nextInt(26)));
                    });
        }
        return text.append('"').toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        c0 80       | an overlong form of zero
        c1 bf       | an overlong form of an ASCII letter
        e0 9f bf    | an overlong form in three bytes
        ed a0 80    | half of a surrogate pair
        f0 8f bf bf | an overlong form in four bytes
        f4 90 80 80 | beyond the last character
        f8 88 80 80 | a lead byte that does not exist
        80          | a continuation without a lead byte
        e2 82       | an unfinished character
        """)
    void bytes_that_are_no_utf8_are_refused(String hex, String why) {
        byte[] broken = java.util.HexFormat.ofDelimiter(" ").parseHex(hex.strip());
        byte[] json = new byte[broken.length + 4];
        json[0] = '[';
        json[1] = '"';
        System.arraycopy(broken, 0, json, 2, broken.length);
        json[json.length - 2] = '"';
        json[json.length - 1] = ']';
        assertThatThrownBy(() -> ours(json)).as(why).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 31, 32, 33, 40, 63, 64, 65})
    void a_quote_is_found_wherever_it_stands_in_a_block(int length) {
        for (int at = 0; at <= length; at++) {
            String text = "\"" + "a".repeat(at) + "\\\"" + "\u00a3".repeat(length - at) + "\"";
            byte[] json = text.getBytes(StandardCharsets.UTF_8);
            assertThat(ours(json)).isEqualTo(theirs(json));
        }
    }

    @Test
    void names_that_share_a_slot_are_told_apart() {
        StringBuilder json = new StringBuilder("{\"\":0");
        for (int i = 0; i < 5_000; i++) {
            json.append(",\"name").append(i).append("\":").append(i);
        }
        byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        assertThat(ours(bytes)).isEqualTo(theirs(bytes));
    }
}
