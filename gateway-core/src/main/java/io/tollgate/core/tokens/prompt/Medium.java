package io.tollgate.core.tokens.prompt;

/**
 * Something in a prompt that is not text.
 *
 * @param kind what it is
 * @param base64 its contents, or empty where only an address is known
 * @param low whether the caller asks for the cheaper reading ({@code detail: low})
 */
public record Medium(Kind kind, String base64, boolean low) {
    /** What a medium is. */
    public enum Kind {
        /** A picture. */
        IMAGE,
        /** A sound. */
        AUDIO,
        /** A document, such as a PDF. */
        DOCUMENT,
        /** A film. */
        VIDEO;

        /** By a MIME type such as {@code image/png}; a document where it says nothing. */
        public static Kind of(String mimeType) {
            return mimeType.startsWith("image/")
                    ? IMAGE
                    : mimeType.startsWith("audio/") ? AUDIO : mimeType.startsWith("video/") ? VIDEO : DOCUMENT;
        }
    }

    /** From an address, which may hold the contents: {@code data:image/png;base64,…}. */
    public static Medium at(Kind kind, String url, boolean low) {
        if (!url.startsWith("data:")) {
            return new Medium(kind, "", low);
        }
        int comma = url.indexOf(',');
        return new Medium(kind, comma < 0 ? "" : url.substring(comma + 1), low);
    }

    /** Bytes of the contents; 0 where only an address is known. */
    public long bytes() {
        return base64.length() * 3L / 4;
    }
}
