package io.tollgate.cache.replay;

import java.nio.charset.StandardCharsets;

/**
 * Looks for what an answer's finish reason may not tell: that it calls tools, that it says no. A quoted name before a
 * colon can only be a member's: within a string the quotes would be escaped.
 */
public final class AnswerScan {
    private static final byte[] TYPE = bytes("\"type\"");
    private static final byte[][] TOOL_CALLS = {
        bytes("\"tool_calls\""), bytes("\"functionCall\""), bytes("\"function_call\"")
    };
    private static final byte[][] TOOL_TYPES = {
        bytes("\"tool_use"), bytes("\"server_tool_use"), bytes("\"function_call"), bytes("\"custom_tool_call")
    };
    private static final byte[] REFUSAL = bytes("\"refusal\"");
    private static final byte[][] REFUSALS = {bytes("\"refusal\"")};

    private AnswerScan() {}

    /** Whether the model called a tool. */
    public static boolean callsTools(byte[] answer) {
        for (byte[] name : TOOL_CALLS) {
            if (hasMember(answer, name, AnswerScan::isSomething)) {
                return true;
            }
        }
        return hasMember(answer, TYPE, (bytes, at) -> startsWithAny(bytes, at, TOOL_TYPES));
    }

    /** Whether the model declined in a field of its own. */
    public static boolean refuses(byte[] answer) {
        return hasMember(answer, REFUSAL, AnswerScan::isSomething)
                || hasMember(answer, TYPE, (bytes, at) -> startsWithAny(bytes, at, REFUSALS));
    }

    private interface ValueTest {
        boolean holds(byte[] bytes, int valueAt);
    }

    private static boolean hasMember(byte[] bytes, byte[] quotedName, ValueTest test) {
        int last = bytes.length - quotedName.length;
        for (int at = 0; at <= last; at++) {
            if (bytes[at] == '"' && bytes[at + 1] == quotedName[1] && startsWith(bytes, at, quotedName)) {
                int value = afterColon(bytes, at + quotedName.length);
                if (value >= 0 && test.holds(bytes, value)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where the value begins; -1 when no colon follows: it was no member's name. */
    private static int afterColon(byte[] bytes, int from) {
        int at = skipSpace(bytes, from);
        return at < bytes.length && bytes[at] == ':' ? skipSpace(bytes, at + 1) : -1;
    }

    private static int skipSpace(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** Neither null nor an empty string, array or object. */
    private static boolean isSomething(byte[] bytes, int at) {
        if (at >= bytes.length || bytes[at] == 'n') {
            return false;
        }
        int next = skipSpace(bytes, at + 1);
        byte closes = bytes[at] == '[' ? (byte) ']' : bytes[at] == '{' ? (byte) '}' : bytes[at];
        return next >= bytes.length || bytes[next] != closes;
    }

    private static boolean startsWithAny(byte[] bytes, int at, byte[][] texts) {
        for (byte[] text : texts) {
            if (startsWith(bytes, at, text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] text) {
        if (bytes.length - at < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
