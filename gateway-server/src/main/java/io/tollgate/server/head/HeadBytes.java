package io.tollgate.server.head;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;

/** The bytes of an HTTP/1.1 head, line by line. Values are Latin-1, as HTTP defines them. */
public final class HeadBytes {
    private static final AsciiString CRLF = AsciiString.cached("\r\n");
    private static final AsciiString COLON = AsciiString.cached(": ");

    private HeadBytes() {}

    /** Text of ours. */
    public static void ascii(ByteBuf out, CharSequence text) {
        ByteBufUtil.writeAscii(out, text);
    }

    /** The end of a line. */
    public static void endLine(ByteBuf out) {
        ByteBufUtil.writeAscii(out, CRLF);
    }

    /** One header line. */
    public static void header(ByteBuf out, CharSequence name, CharSequence value) {
        value(out, name);
        ByteBufUtil.writeAscii(out, COLON);
        value(out, value);
        ByteBufUtil.writeAscii(out, CRLF);
    }

    /**
     * Text from elsewhere.
     *
     * @throws IllegalArgumentException when it holds a control character, which would be a second header
     */
    public static void value(ByteBuf out, CharSequence text) {
        if (!(text instanceof AsciiString)) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if ((c < ' ' && c != '\t') || c == 0x7f) {
                    throw new IllegalArgumentException(
                            "control character 0x" + Integer.toHexString(c) + " in a header");
                }
            }
        }
        ByteBufUtil.writeAscii(out, text);
    }
}
