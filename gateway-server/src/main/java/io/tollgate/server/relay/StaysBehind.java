package io.tollgate.server.relay;

import io.netty.util.AsciiString;

/** Which of a caller's headers are not for the provider: framing, our own, and credentials that ours replaces. */
final class StaysBehind {
    private StaysBehind() {}

    static boolean test(CharSequence name, boolean credentialReplaced) {
        switch (name.length()) {
            case 4:
                return is(name, "host");
            case 6:
                return is(name, "expect");
            case 7:
                return credentialReplaced && is(name, "api-key");
            case 9:
                return credentialReplaced && is(name, "x-api-key");
            case 13:
                return credentialReplaced && is(name, "authorization");
            case 14:
                if (is(name, "content-length") || (credentialReplaced && is(name, "x-goog-api-key"))) {
                    return true;
                }
                break;
            case 15:
                if (is(name, "accept-encoding")) {
                    return true;
                }
                break;
            default:
                break;
        }
        return name.length() > 8 && (startsWith(name, "x-tollgate-") || startsWith(name, "x-http2-"));
    }

    private static boolean is(CharSequence name, String lower) {
        return AsciiString.contentEqualsIgnoreCase(name, lower);
    }

    private static boolean startsWith(CharSequence name, String prefix) {
        return AsciiString.regionMatchesAscii(name, true, 0, prefix, 0, prefix.length());
    }
}
