package io.tollgate.routing.complexity.request;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import io.tollgate.routing.complexity.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Question} of a request: the text of the last turn in which the user said something, and facts about the
 * rest. Time and memory do not grow with the length of texts beyond one look at the turn's bytes. Any thread.
 */
public final class QuestionReader {
    private static final int BYTES_PER_TOKEN = 4;
    private static final List<String> PLAIN_TEXT = List.of("input", "prompt");
    private static final List<String> SCHEMAS = List.of("response_format", "text", "output_config");
    private static final List<String> GEMINI_SCHEMAS = List.of("responseSchema", "responseJsonSchema");
    private static final int LOOK_BACK = 64;

    private QuestionReader() {}

    /** The question of a request; {@code task} as the caller's header names it, or null. */
    public static Question read(RequestFacts facts, RequestBody body, @Nullable String task) {
        return new Question(
                text(facts, body),
                facts.textBytes() / BYTES_PER_TOKEN,
                turns(facts),
                facts.tools(),
                facts.images(),
                isStructured(facts, body),
                task == null ? "" : task);
    }

    private static String text(RequestFacts facts, RequestBody body) {
        List<Turn> turns = facts.turns();
        int last = turns.size() - 1;
        for (int i = last; i >= 0 && i > last - LOOK_BACK; i--) {
            Turn turn = turns.get(i);
            if (turn.textBytes() > 0 && isUser(turn.role())) {
                String text = TurnText.read(body, turn.span());
                if (!text.isBlank()) {
                    return text;
                }
            }
        }
        for (String name : PLAIN_TEXT) {
            Member member = facts.members().get(name);
            if (member != null) {
                return TurnText.read(body, member.value());
            }
        }
        return "";
    }

    /** Gemini's turns may leave the role out; a message's type stands in for it in responses. */
    private static boolean isUser(String role) {
        return role.equals("user") || role.equals("message") || role.isEmpty();
    }

    private static int turns(RequestFacts facts) {
        int turns = 0;
        for (int i = 0; i < facts.turns().size(); i++) {
            String role = facts.turns().get(i).role();
            turns += role.equals("system") || role.equals("developer") ? 0 : 1;
        }
        return Math.max(1, turns);
    }

    private static boolean isStructured(RequestFacts facts, RequestBody body) {
        for (String name : SCHEMAS) {
            Member member = facts.members().get(name);
            if (member != null && mentionsSchema(body, member.value())) {
                return true;
            }
        }
        Member generation = facts.members().get("generationConfig");
        if (generation == null) {
            generation = facts.members().get("generation_config");
        }
        if (generation != null) {
            for (String name : GEMINI_SCHEMAS) {
                if (generation.inner().get(name) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mentionsSchema(RequestBody body, Span value) {
        String beginning = body.text(new Span(value.start(), Math.min(value.end(), value.start() + 200)));
        return beginning.contains("json_schema") || beginning.contains("json_object");
    }
}
