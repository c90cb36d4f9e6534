package io.tollgate.core.dialect.toolcalls;

import io.tollgate.core.http.Span;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool that a model made earlier in the conversation.
 *
 * @param id the provider's, or null where the dialect has none (Gemini)
 * @param name of the tool; where only a call's result is there, the empty text
 * @param arguments where they stand in the body, as JSON or as a JSON string that holds JSON; null without any
 * @param latest whether nothing but results follows it: the last answer made it
 */
public record ToolCall(
        @Nullable String id, String name, @Nullable Span arguments, boolean latest) {}
