package io.tollgate.core.tokens.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model reads.
 *
 * @param messages oldest first; a system prompt that is no message of its own dialect comes first
 * @param tools functions offered
 * @param providerTools tools that run at the provider (searching, executing code), by their type
 * @param forced the function the model must call, {@code *} for any, empty when it may choose
 * @param schema the JSON schema of the answer; {@link Json.Null} when there is none
 * @param schemaName of that schema, or empty
 * @param thinking whether thinking is asked for with a budget of its own
 * @param texts further text that is read as it is: embeddings' inputs, plain prompts
 */
public record Prompt(
        List<Message> messages,
        List<Tool> tools,
        List<String> providerTools,
        String forced,
        Json schema,
        String schemaName,
        boolean thinking,
        List<String> texts) {
    /** Collects a prompt. */
    static final class Builder {
        final List<Message> messages = new ArrayList<>();
        final List<Tool> tools = new ArrayList<>();
        final List<String> providerTools = new ArrayList<>();
        final List<String> texts = new ArrayList<>();
        String forced = "";
        Json schema = Json.Null.NOTHING;
        String schemaName = "";
        boolean thinking;

        Prompt build() {
            return new Prompt(messages, tools, providerTools, forced, schema, schemaName, thinking, texts);
        }
    }

    /** Whether some message instructs. */
    public boolean hasSystem() {
        return messages.stream().anyMatch(Message::isSystem);
    }
}
