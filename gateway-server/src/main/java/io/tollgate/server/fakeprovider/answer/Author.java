package io.tollgate.server.fakeprovider.answer;

import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonText;
import io.tollgate.server.fakeprovider.text.PseudoText;
import io.tollgate.server.fakeprovider.text.Seed;
import io.tollgate.server.fakeprovider.text.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the answer to a prompt: always the same one to the same prompt. Any thread. */
public final class Author {
    private static final int TOOL_CALL_OVERHEAD = 8;

    private final TokenCounter counter;

    /** An author that counts with this counter. */
    public Author(TokenCounter counter) {
        this.counter = counter;
    }

    /** As many drafts as the prompt asks answers. */
    public List<Draft> write(Prompt prompt, Wish wish) {
        List<Draft> drafts = new ArrayList<>(prompt.answers());
        long seed = Seed.of(prompt.model() + '\0' + prompt.text());
        for (int i = 0; i < prompt.answers(); i++) {
            drafts.add(write(prompt, wish, seed));
            seed = Seed.next(seed);
        }
        return drafts;
    }

    private Draft write(Prompt prompt, Wish wish, long seed) {
        Tool tool = wish.text() == null ? toolToCall(prompt) : null;
        if (tool != null) {
            ToolCall call = new ToolCall(tool.name(), SchemaExample.object(tool.schema(), seed));
            int tokens = counter.count(call.name()) + counter.count(call.json()) + TOOL_CALL_OVERHEAD;
            return new Draft(List.of(), call, prompt.reasoning(), prompt.reasoning() + tokens, Draft.End.TOOL);
        }
        List<String> pieces = pieces(prompt, wish, seed);
        long room = prompt.cap() < 0 ? Long.MAX_VALUE : prompt.cap();
        int reasoning = (int) Math.min(prompt.reasoning(), room);
        int kept = (int) Math.min(pieces.size(), room - reasoning);
        return new Draft(
                List.copyOf(pieces.subList(0, kept)),
                null,
                reasoning,
                reasoning + kept,
                kept < pieces.size() ? Draft.End.LENGTH : Draft.End.STOP);
    }

    private List<String> pieces(Prompt prompt, Wish wish, long seed) {
        if (wish.text() != null) {
            return counter.pieces(wish.text());
        }
        JsonObject schema = prompt.schema();
        if (schema != null) {
            Object answer = schema.has("properties")
                    ? SchemaExample.object(schema, seed)
                    : JsonText.object("answer", PseudoText.word(seed));
            return counter.pieces(JsonText.text(answer));
        }
        int tokens =
                wish.tokens() >= 0 ? wish.tokens() : PseudoText.plausibleTokens(prompt.question(), Seed.next(seed));
        return PseudoText.pieces(seed, tokens);
    }

    private static @Nullable Tool toolToCall(Prompt prompt) {
        if (prompt.tools().isEmpty() || prompt.toolChoice() == ToolChoice.NONE) {
            return null;
        }
        for (Tool tool : prompt.tools()) {
            if (tool.name().equals(prompt.namedTool())) {
                return tool;
            }
        }
        boolean asked = !prompt.afterTool()
                && prompt.question().toLowerCase(Locale.ROOT).contains("use the tool");
        return prompt.toolChoice() == ToolChoice.REQUIRED || asked
                ? prompt.tools().getFirst()
                : null;
    }
}
