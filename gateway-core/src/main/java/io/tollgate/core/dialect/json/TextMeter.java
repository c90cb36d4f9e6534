package io.tollgate.core.dialect.json;

import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;

/**
 * Measures the text, and counts the media and tools, of the values a tokens passes. Every {@code read…} method starts on
 * a value's first token and stops on the token behind the value.
 */
final class TextMeter {
    private static final int BYTES_PER_TOKEN_ID = 4;

    private final Layout layout;
    private final JsonTokenizer tokens;
    private int textBytes;
    private int tools;
    private int images;

    TextMeter(Layout layout, JsonTokenizer tokens) {
        this.layout = layout;
        this.tokens = tokens;
    }

    int textBytes() {
        return textBytes;
    }

    int tools() {
        return tools;
    }

    int images() {
        return images;
    }

    /** Any value: its strings, in any nesting, but those of silent names and media; numbers if they are token ids. */
    void readText(boolean tokenIds) {
        int depth = 0;
        do {
            if (tokens.is(Token.STRING)) {
                textBytes += tokens.textLength();
                tokens.next();
            } else if (tokens.is(Token.NAME)) {
                String name = tokens.name();
                tokens.next();
                if (!tokens.opens() || layout.isMedium(name) || layout.isSilent(name)) {
                    readMember(name, tokenIds);
                }
            } else {
                if (tokens.opens()) {
                    depth++;
                } else if (tokens.is(Token.END_OBJECT) || tokens.is(Token.END_ARRAY)) {
                    depth--;
                } else if (tokenIds && tokens.is(Token.WHOLE)) {
                    textBytes += BYTES_PER_TOKEN_ID;
                }
                tokens.next();
            }
        } while (depth > 0);
    }

    /** A member's value, as its name says: text, a medium, or nothing a model reads. */
    void readMember(String name, boolean tokenIds) {
        if (layout.isMedium(name) && !layout.textTypes().isEmpty()) {
            readTypedMedium(tokenIds);
        } else if (layout.isMedium(name)) {
            images += tokens.is(Token.NULL) ? 0 : 1;
            tokens.skip();
        } else if (layout.isSilent(name)) {
            tokens.skip();
        } else {
            readText(tokenIds);
        }
    }

    /** A medium whose type says, before or behind its contents, whether it is text. */
    private void readTypedMedium(boolean tokenIds) {
        if (!tokens.is(Token.START_OBJECT)) {
            tokens.skip();
            return;
        }
        int before = textBytes;
        String type = "";
        tokens.next();
        while (tokens.is(Token.NAME)) {
            String name = tokens.name();
            tokens.next();
            if (tokens.is(Token.STRING) && name.equals("type")) {
                type = tokens.text();
                tokens.next();
            } else {
                readMember(name, tokenIds);
            }
        }
        tokens.next();
        if (!layout.textTypes().contains(type)) {
            textBytes = before;
            images++;
        }
    }

    /** Any value, measured as the JSON it is. */
    void readRaw() {
        int from = tokens.start();
        tokens.skip();
        textBytes += tokens.previousEnd() - from;
    }

    /** An array of tools, or one tool by itself; measured as the JSON they are. */
    void readTools() {
        int from = tokens.start();
        if (tokens.is(Token.START_ARRAY)) {
            tokens.next();
            while (!tokens.is(Token.END_ARRAY)) {
                readTool();
            }
            tokens.next();
        } else {
            readTool();
        }
        textBytes += tokens.previousEnd() - from;
    }

    private void readTool() {
        int before = tools;
        if (tokens.is(Token.START_OBJECT)) {
            tokens.next();
            while (tokens.is(Token.NAME)) {
                String name = tokens.name();
                tokens.next();
                if (tokens.is(Token.START_ARRAY) && layout.isToolList(name)) {
                    countElements();
                } else {
                    tokens.skip();
                }
            }
        }
        tokens.skip();
        tools = Math.max(tools, before + 1);
    }

    private void countElements() {
        tokens.next();
        while (!tokens.is(Token.END_ARRAY)) {
            tools++;
            tokens.skip();
        }
        tokens.next();
    }
}
