package io.tollgate.server.fakeprovider.answer;

import io.tollgate.server.fakeprovider.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to generate, in no dialect.
 *
 * @param model the model asked for
 * @param text all text the model reads, in order
 * @param question the newest text of the user
 * @param afterTool whether the newest turn is a tool's result
 * @param messages how many turns
 * @param images images and other media
 * @param cap the most tokens to generate; -1 for no cap
 * @param answers how many answers
 * @param tools the tools offered
 * @param toolChoice whether they shall be called
 * @param namedTool the one tool that shall be called, or null
 * @param schema the schema of a structured answer, or null; empty for any JSON object
 * @param reasoning tokens spent on thinking before the answer; 0 for none
 */
public record Prompt(
        String model,
        String text,
        String question,
        boolean afterTool,
        int messages,
        int images,
        long cap,
        int answers,
        List<Tool> tools,
        ToolChoice toolChoice,
        @Nullable String namedTool,
        @Nullable JsonObject schema,
        int reasoning) {}
