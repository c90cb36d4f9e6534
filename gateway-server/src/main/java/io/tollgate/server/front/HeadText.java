package io.tollgate.server.front;

import org.jspecify.annotations.Nullable;

/** Characters in a request's head that would be two lines, or two words, to someone further on. */
final class HeadText {
    private HeadText() {}

    /** What is wrong with a request target, or null. */
    static @Nullable String problemOfTarget(CharSequence target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return "the request target holds character 0x" + Integer.toHexString(c) + " at " + i
                        + ", which must be percent-encoded";
            }
        }
        return null;
    }

    /** What is wrong with a header's value, or null. */
    static @Nullable String problemOfHeader(CharSequence name, CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return "header " + name + " holds control character 0x" + Integer.toHexString(c);
            }
        }
        return null;
    }
}
