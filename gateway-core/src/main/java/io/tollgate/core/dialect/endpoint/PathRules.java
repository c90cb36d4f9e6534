package io.tollgate.core.dialect.endpoint;

import io.tollgate.core.error.RefusedException;

/**
 * Refuses paths that a provider could read otherwise than Tollgate does: a call must not look like a harmless one here and
 * be another one there.
 */
final class PathRules {
    private static final int LONGEST = 4_096;
    private static final String MODEL = "/model";
    private static final String ODD = "\\;\"<>^`{|}#";

    private PathRules() {}

    static void check(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            throw refused("does not begin with a slash", 0);
        }
        if (path.length() > LONGEST) {
            throw refused("is longer than " + LONGEST + " characters", LONGEST);
        }
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c <= ' ' || c >= 0x7F || ODD.indexOf(c) >= 0) {
                throw refused("holds a character that must be percent-encoded or has no place in a path", at);
            }
            if (c == '/') {
                checkSegment(path, at);
            } else if (c == '%') {
                checkEncoded(path, at);
            }
        }
    }

    private static void checkSegment(String path, int slash) {
        int end = path.indexOf('/', slash + 1);
        int length = (end < 0 ? path.length() : end) - slash - 1;
        if (length == 0 && end >= 0) {
            throw refused("holds an empty segment", slash);
        }
        if (path.startsWith(".", slash + 1) && (length == 1 || (length == 2 && path.charAt(slash + 2) == '.'))) {
            throw refused("holds a dot segment", slash);
        }
    }

    /** Only what must be encoded may be: an encoded letter or dot hides a name, an encoded slash hides a segment. */
    private static void checkEncoded(String path, int at) {
        int high = at + 2 < path.length() ? Character.digit(path.charAt(at + 1), 16) : -1;
        int low = at + 2 < path.length() ? Character.digit(path.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw refused("holds an incomplete percent-encoding", at);
        }
        int c = high << 4 | low;
        boolean unreserved = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
        boolean slash = c == '/' && !isInArn(path, at);
        if (unreserved || c < ' ' || c == 0x7F || slash || c == '\\' || c == '%') {
            throw refused("holds a percent-encoding that can hide what is called", at);
        }
    }

    /**
     * Whether a character is part of a model's ARN as Bedrock's SDKs send it, {@code /model/arn%3A…%2F…/invoke}: there an
     * encoded slash belongs to the name, and what is called is said by the segment after it.
     */
    private static boolean isInArn(String path, int at) {
        int slash = path.lastIndexOf('/', at);
        boolean ofModel = slash >= MODEL.length() && path.startsWith(MODEL, slash - MODEL.length());
        boolean arn = path.startsWith("arn:", slash + 1) || path.regionMatches(true, slash + 1, "arn%3A", 0, 6);
        return ofModel && arn && path.indexOf('/', at) > 0;
    }

    private static RefusedException refused(String why, int at) {
        return RefusedException.malformed(
                "the path " + why + " at character " + at + "; expected plain segments such as /v1/chat/completions");
    }
}
