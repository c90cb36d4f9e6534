package io.tollgate.core.dialect.answer;

/**
 * Hears the values a {@link ScanLayout} asked for, each by the dialect's own word for what stands there. Null counts as
 * absent: it is not told. One document is one answer, one event of a stream, or one element of a streamed array.
 *
 * @param <P> the dialect's words for places
 */
public interface ScanListener<P> {
    /** A whole number; those of more than 18 digits come as decimals. */
    default void number(P place, long value) {}

    /** Any other number, as written, of at most {@value JsonScanner#MAX_VALUE} digits. */
    default void decimal(P place, String digits) {}

    /** A string of at most {@value JsonScanner#MAX_VALUE} UTF-8 bytes. */
    default void string(P place, String value) {}

    /** True or false. */
    default void flag(P place, boolean value) {}

    /** Further UTF-8 bytes of a text; several times for one text where chunks split it. */
    default void text(P place, int bytes) {}

    /** Further UTF-8 bytes of a text, without escapes, lent for the call; a lone surrogate comes as U+FFFD. */
    default void piece(P place, byte[] lent, int offset, int length) {}

    /** An object or array begins. An array at the root is none of the documents in it and is not told. */
    default void opened(P place, boolean array) {}

    /** An object or array that was looked into has ended. */
    default void closed(P place, boolean array) {}

    /** The answer is a stream of events. */
    default void streamed() {}

    /** The stream's {@code [DONE]}. */
    default void done() {}
}
