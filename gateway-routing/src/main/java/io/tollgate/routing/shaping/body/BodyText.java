package io.tollgate.routing.shaping.body;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A string in a body: its text, and where each of its characters stands in the body's bytes. */
public final class BodyText {
    private final String text;
    private final int first;
    /** Where each character stands; null where all are one byte each. */
    private final int @Nullable [] at;

    private final boolean user;

    private BodyText(String text, int first, int @Nullable [] at, boolean user) {
        this.text = text;
        this.first = first;
        this.at = at;
        this.user = user;
    }

    /** The string whose opening quote stands at {@code start}; {@code user} whether the user said it. */
    static BodyText read(RequestBody body, int start, boolean user) {
        byte[] bytes = body.array();
        int from = body.offset() + start + 1;
        int end = from;
        boolean plain = true;
        while (bytes[end] != '"') {
            plain &= bytes[end] >= 0 && bytes[end] != '\\';
            end += bytes[end] == '\\' ? 2 : 1;
        }
        return plain
                ? new BodyText(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1), start + 1, null, user)
                : decoded(body, start + 1, end - body.offset(), user);
    }

    private static BodyText decoded(RequestBody body, int from, int end, boolean user) {
        byte[] bytes = body.array();
        int offset = body.offset();
        char[] text = new char[end - from];
        int[] at = new int[end - from + 1];
        int length = 0;
        for (int i = from; i < end; ) {
            int b = bytes[offset + i];
            at[length] = i;
            if (b >= 0 && b != '\\') {
                text[length++] = (char) b;
                i++;
            } else if (b == '\\') {
                char escape = (char) bytes[offset + i + 1];
                text[length++] = unescaped(bytes, offset + i, escape);
                i += escape == 'u' ? 6 : 2;
            } else {
                int code = codePoint(bytes, offset + i);
                int chars = Character.toChars(code, text, length);
                at[length + chars - 1] = i;
                length += chars;
                i += code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
            }
        }
        at[length] = end;
        return new BodyText(new String(text, 0, length), from, at, user);
    }

    /** The character whose UTF-8, which was checked when the body was read, begins here with more than one byte. */
    private static int codePoint(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        int code = lead & (lead < 0xE0 ? 0x1f : lead < 0xF0 ? 0x0f : 0x07);
        int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        for (int i = 1; i <= more; i++) {
            code = (code << 6) | (bytes[at + i] & 0x3f);
        }
        return code;
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
        return user ? new BodyText(text, first, at, false) : this;
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
        return at == null ? new Span(first + from, first + to) : new Span(at[from], at[to]);
    }
}
