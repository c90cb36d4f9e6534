package io.tollgate.core.tokens.prompt;

import java.util.List;

/**
 * One turn.
 *
 * @param role the dialect's own word
 * @param name the speaker's name, or empty
 */
public record Message(String role, String name, List<Part> parts) {
    /** Without a name. */
    public Message(String role, List<Part> parts) {
        this(role, "", parts);
    }

    /** Whether it instructs rather than converses. */
    public boolean isSystem() {
        return role.equals("system") || role.equals("developer");
    }

    /** How many tools it calls. */
    public int calls() {
        int calls = 0;
        for (Part part : parts) {
            calls += part instanceof Part.Call ? 1 : 0;
        }
        return calls;
    }
}
