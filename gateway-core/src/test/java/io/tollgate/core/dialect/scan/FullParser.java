package io.tollgate.core.dialect.scan;

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

    static JsonScannerTest.Told read(ScanLayout layout, byte[] bytes) {
        try (JsonParser parser = JsonSource.open(bytes, 0, bytes.length)) {
            parser.nextToken();
            FullParser full = new FullParser(parser);
            full.value(layout.root());
            return full.told;
        }
    }

    private void value(@Nullable ScanNode node) {
        JsonToken token = parser.currentToken();
        if (node != null && node.told() == ScanNode.Told.RAW) {
            raw(token);
        } else if (token == JsonToken.START_OBJECT) {
            ScanNode wanted = node != null && node.isContainer() ? node : null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                byte[] name = parser.currentName().getBytes(StandardCharsets.UTF_8);
                parser.nextToken();
                value(wanted == null ? null : wanted.member(name, 0, name.length));
            }
            close(wanted);
        } else if (token == JsonToken.START_ARRAY) {
            ScanNode wanted = node != null && node.element() != null ? node : null;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                value(wanted == null ? null : wanted.element());
            }
            close(wanted);
        } else if (node != null) {
            scalar(node, token);
        }
    }

    private void close(@Nullable ScanNode node) {
        if (node != null) {
            told.closed(node.path());
        }
    }

    private void scalar(ScanNode node, JsonToken token) {
        String text = parser.getString();
        if (node.told() == ScanNode.Told.VALUE && token == JsonToken.VALUE_STRING) {
            told.string(node.path(), new String(utf8(text), StandardCharsets.UTF_8));
        } else if (node.told() == ScanNode.Told.VALUE && token == JsonToken.VALUE_NUMBER_INT) {
            told.number(node.path(), parser.getLongValue());
        } else if (node.told() == ScanNode.Told.VALUE && token == JsonToken.VALUE_NUMBER_FLOAT) {
            told.decimal(node.path(), text);
        } else if (node.told() == ScanNode.Told.TEXT && token == JsonToken.VALUE_STRING) {
            told.text(node.path(), utf8(text).length);
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
