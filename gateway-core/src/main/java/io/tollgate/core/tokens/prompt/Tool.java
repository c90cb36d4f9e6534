package io.tollgate.core.tokens.prompt;

/**
 * A function offered to the model.
 *
 * @param parameters its JSON schema; {@link Json.Null} when there is none
 */
public record Tool(String name, String description, Json parameters) {}
