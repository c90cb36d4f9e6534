package io.tollgate.core.dialect.json;

import tools.jackson.core.JsonToken;

/**
 * Measures the text, and counts the media and tools, of the values a cursor passes. Every {@code read…} method starts on
 * a value's first token and stops on the token behind the value.
 */
final class TextMeter {
    private static final int BYTES_PER_TOKEN_ID = 4;

    private final Layout layout;
    private final Cursor cursor;
    private int textBytes;
    private int tools;
    private int images;

    TextMeter(Layout layout, Cursor cursor) {
        this.layout = layout;
        this.cursor = cursor;
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
            if (cursor.is(JsonToken.VALUE_STRING)) {
                textBytes += cursor.measureString();
            } else if (cursor.is(JsonToken.PROPERTY_NAME)) {
                String name = cursor.name();
                cursor.next();
                if (!cursor.opens() || layout.isMedium(name) || layout.isSilent(name)) {
                    readMember(name, tokenIds);
                }
            } else {
                if (cursor.opens()) {
                    depth++;
                } else if (cursor.is(JsonToken.END_OBJECT) || cursor.is(JsonToken.END_ARRAY)) {
                    depth--;
                } else if (tokenIds && cursor.is(JsonToken.VALUE_NUMBER_INT)) {
                    textBytes += BYTES_PER_TOKEN_ID;
                }
                cursor.next();
            }
        } while (depth > 0);
    }

    /** A member's value, as its name says: text, a medium, or nothing a model reads. */
    void readMember(String name, boolean tokenIds) {
        if (layout.isMedium(name) && !layout.textTypes().isEmpty()) {
            readTypedMedium(tokenIds);
        } else if (layout.isMedium(name)) {
            images += cursor.is(JsonToken.VALUE_NULL) ? 0 : 1;
            cursor.skip();
        } else if (layout.isSilent(name)) {
            cursor.skip();
        } else {
            readText(tokenIds);
        }
    }

    /** A medium whose type says, before or behind its contents, whether it is text. */
    private void readTypedMedium(boolean tokenIds) {
        if (!cursor.is(JsonToken.START_OBJECT)) {
            cursor.skip();
            return;
        }
        int before = textBytes;
        String type = "";
        cursor.next();
        while (cursor.is(JsonToken.PROPERTY_NAME)) {
            String name = cursor.name();
            cursor.next();
            if (cursor.is(JsonToken.VALUE_STRING) && name.equals("type")) {
                type = cursor.text();
                cursor.next();
            } else {
                readMember(name, tokenIds);
            }
        }
        cursor.next();
        if (!layout.textTypes().contains(type)) {
            textBytes = before;
            images++;
        }
    }

    /** Any value, measured as the JSON it is. */
    void readRaw() {
        int from = cursor.start();
        cursor.skip();
        textBytes += cursor.endOfValueBefore() - from;
    }

    /** An array of tools, or one tool by itself; measured as the JSON they are. */
    void readTools() {
        int from = cursor.start();
        if (cursor.is(JsonToken.START_ARRAY)) {
            cursor.next();
            while (!cursor.is(JsonToken.END_ARRAY)) {
                readTool();
            }
            cursor.next();
        } else {
            readTool();
        }
        textBytes += cursor.endOfValueBefore() - from;
    }

    private void readTool() {
        int before = tools;
        if (cursor.is(JsonToken.START_OBJECT)) {
            cursor.next();
            while (cursor.is(JsonToken.PROPERTY_NAME)) {
                String name = cursor.name();
                cursor.next();
                if (cursor.is(JsonToken.START_ARRAY) && layout.isToolList(name)) {
                    countElements();
                } else {
                    cursor.skip();
                }
            }
        }
        cursor.skip();
        tools = Math.max(tools, before + 1);
    }

    private void countElements() {
        cursor.next();
        while (!cursor.is(JsonToken.END_ARRAY)) {
            tools++;
            cursor.skip();
        }
        cursor.next();
    }
}
