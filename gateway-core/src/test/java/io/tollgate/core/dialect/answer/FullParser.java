package io.tollgate.core.dialect.answer;

import io.tollgate.core.dialect.json.JsonSource;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Says of a document what {@link JsonScanner} should, by a full parser and recursion. */
final class FullParser {
    private final JsonParser parser;
    private final JsonScannerTest.Told told = new JsonScannerTest.Told();

    private FullParser(JsonParser parser) {
        this.parser = parser;
    }

    static JsonScannerTest.Told read(ScanLayout<String> layout, byte[] bytes) {
        try (JsonParser parser = JsonSource.open(bytes, 0, bytes.length)) {
            parser.nextToken();
            FullParser full = new FullParser(parser);
            full.value(layout.root());
            return full.told;
        }
    }

    private void value(@Nullable ScanNode<String> node) {
        JsonToken token = parser.currentToken();
        String place = node == null ? null : node.place();
        if (node != null && node.tells(ScanNode.RAW)) {
            raw(token);
        } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            boolean array = token == JsonToken.START_ARRAY;
            if (place != null) {
                told.opened(place, array);
            }
            if (node == null || !(array || node.hasMembers())) {
                parser.skipChildren();
                return;
            }
            values(node, array);
            if (place != null) {
                told.closed(place, array);
            }
        } else if (node != null && place != null) {
            scalar(node, place, token);
        }
    }

    private void values(ScanNode<String> node, boolean array) {
        if (array) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                value(node);
            }
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            byte[] name = parser.currentName().getBytes(StandardCharsets.UTF_8);
            parser.nextToken();
            value(node.member(name, 0, name.length));
        }
    }

    private void scalar(ScanNode<String> node, String place, JsonToken token) {
        String text = parser.getString();
        if (token == JsonToken.VALUE_STRING && node.tells(ScanNode.STRING)) {
            told.string(place, new String(utf8(text), StandardCharsets.UTF_8));
        } else if (token == JsonToken.VALUE_NUMBER_INT && node.tells(ScanNode.NUMBER)) {
            told.number(place, parser.getLongValue());
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT && node.tells(ScanNode.NUMBER)) {
            told.decimal(place, text);
        } else if (token == JsonToken.VALUE_STRING && node.tells(ScanNode.TEXT)) {
            told.text(place, utf8(text).length);
        } else if (node.tells(ScanNode.FLAG) && (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE)) {
            told.flag(place, token == JsonToken.VALUE_TRUE);
        }
    }

    private void raw(JsonToken token) {
        long from = parser.currentTokenLocation().getByteOffset();
        if (token == JsonToken.VALUE_STRING) {
            told.texts += utf8(parser.getString()).length;
        } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            parser.skipChildren();
            told.texts += parser.currentTokenLocation().getByteOffset() + 1 - from;
        } else {
            told.texts += parser.getString().length();
        }
    }

    /** A lone surrogate as the replacement character. */
    private static byte[] utf8(String text) {
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
