package io.tollgate.server.audit;

/**
 * Something found.
 *
 * @param path the file, as it was named, with slashes
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param endLine where it ends
 * @param endColumn one past its end
 */
public record Issue(Rule rule, String path, int line, int column, int endLine, int endColumn, String message) {}
