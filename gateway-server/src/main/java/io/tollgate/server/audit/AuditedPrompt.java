package io.tollgate.server.audit;

import java.util.List;

/**
 * One prompt of a file.
 *
 * @param path the file
 * @param line where it begins
 * @param column where it begins
 * @param request whether it is a whole request, which can have a cap
 * @param capped whether it has one
 * @param texts its texts in order, the system's first
 */
record AuditedPrompt(String path, int line, int column, boolean request, boolean capped, List<PromptText> texts) {}
