package io.tollgate.core.dialect.json;

import io.tollgate.core.dialect.RequestFacts.Turn;
import java.util.List;

/**
 * What one pass over a body found.
 *
 * @param root the top-level values and members
 * @param turns the conversation, oldest first
 * @param textBytes UTF-8 bytes of all text a model reads, unescaped; tools and schemas as the JSON they are
 * @param tools tools offered
 * @param images images, files and sounds
 */
public record ParsedRequest(ParsedObject root, List<Turn> turns, int textBytes, int tools, int images) {}
