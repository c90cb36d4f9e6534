package io.tollgate.server.fakeprovider.answer;

import io.tollgate.server.fakeprovider.json.JsonObject;

/**
 * A tool offered in a request.
 *
 * @param name its name
 * @param schema the JSON schema of its arguments
 */
public record Tool(String name, JsonObject schema) {}
