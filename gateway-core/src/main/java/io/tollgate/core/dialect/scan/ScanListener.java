package io.tollgate.core.dialect.scan;

/**
 * Hears the values an {@link ScanLayout} asked for, by their paths. Null counts as absent: it is not told. One
 * document is one answer, one event of a stream, or one element of a streamed array.
 */
public interface ScanListener {
    /** A whole number; those of more than 18 digits come as decimals. */
    default void number(String path, long value) {}

    /** Any other number, as written. */
    default void decimal(String path, String digits) {}

    /** A string of at most {@value JsonScanner#MAX_VALUE} UTF-8 bytes. */
    default void string(String path, String value) {}

    /** Further UTF-8 bytes of a text; several times for one text where chunks split it. */
    default void text(String path, int bytes) {}

    /** A laid-out object or array, or an array's element that is one, was closed. A document's path is "". */
    default void closed(String path) {}

    /** The stream's {@code [DONE]}. */
    default void done() {}
}
