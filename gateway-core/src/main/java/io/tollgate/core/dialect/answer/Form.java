package io.tollgate.core.dialect.answer;

/** What an answer's first bytes show it to be. Content types lie: some hosts label JSON errors as octet streams. */
enum Form {
    /** Only blanks so far. */
    UNDECIDED,
    /** JSON, one value or several. */
    JSON,
    /** Server-sent events. */
    EVENTS,
    /** Neither: passes unread. */
    OTHER;

    /** What the bytes show; {@code declared} when the head calls them a stream of events. */
    static Form of(byte[] lent, int offset, int length, boolean declared) {
        for (int at = offset; at < offset + length; at++) {
            switch (lent[at]) {
                case ' ', '\t', '\r', '\n' -> {}
                case '{', '[' -> {
                    return JSON;
                }
                // data, event, id, retry, a comment, a byte order mark
                case 'd', 'e', 'i', 'r', ':', (byte) 0xEF -> {
                    return EVENTS;
                }
                default -> {
                    return declared ? EVENTS : OTHER;
                }
            }
        }
        return UNDECIDED;
    }
}
