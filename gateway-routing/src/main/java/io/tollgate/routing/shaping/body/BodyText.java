package io.tollgate.routing.shaping.body;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.nio.charset.StandardCharsets;

/** A string in a body: its text, and where each of its characters stands in the body's bytes. */
public final class BodyText {
    private final String text;
    private final int[] at;
    private final boolean user;

    private BodyText(String text, int[] at, boolean user) {
        this.text = text;
        this.at = at;
        this.user = user;
    }

    /** The string whose opening quote stands at {@code start}; {@code user} whether the user said it. */
    static BodyText read(RequestBody body, int start, boolean user) {
        byte[] bytes = body.array();
        int i = body.offset() + start + 1;
        StringBuilder text = new StringBuilder();
        int[] at = new int[256];
        while (bytes[i] != '"') {
            if (text.length() + 3 > at.length) {
                at = java.util.Arrays.copyOf(at, at.length * 2);
            }
            at[text.length()] = i - body.offset();
            int b = bytes[i] & 0xff;
            if (b == '\\') {
                char escape = (char) bytes[i + 1];
                text.append(unescaped(bytes, i, escape));
                i += escape == 'u' ? 6 : 2;
                continue;
            }
            int length = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
            if (length == 1) {
                text.append((char) b);
            } else {
                text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                if (length == 4) {
                    at[text.length() - 1] = i - body.offset();
                }
            }
            i += length;
        }
        at[text.length()] = i - body.offset();
        return new BodyText(text.toString(), at, user);
    }

    private static char unescaped(byte[] bytes, int at, char escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> (char) Integer.parseInt(new String(bytes, at + 2, 4, StandardCharsets.US_ASCII), 16);
            default -> escape;
        };
    }

    /** The same, which a tool said. */
    BodyText ofTool() {
        return user ? new BodyText(text, at, false) : this;
    }

    /** Unescaped. */
    public String text() {
        return text;
    }

    /** Whether the user said it. */
    public boolean user() {
        return user;
    }

    /** Where these characters stand. */
    public Span span(int from, int to) {
        return new Span(at[from], at[to]);
    }
}
