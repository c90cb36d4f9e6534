package io.tollgate.cache.rule;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why an answer is not kept. Only one that ended by itself and as it was meant to is: the finish reasons of each dialect
 * that say so are listed here, and one nobody knows does not.
 */
public enum Unkept {
    /** Not a 2xx, or one that has no body to give again. */
    STATUS,
    /** Broken off, timed out, cut, or never begun. */
    INCOMPLETE,
    /** Larger than {@code max_entry}. */
    TOO_LARGE,
    /** It calls tools. */
    TOOL_CALLS,
    /** The model declined. */
    REFUSED,
    /** Truncated, filtered, or ended in a way nobody knows. */
    FINISH;

    /** Together says {@code eos}. Sources: the hosts' API references and recorded answers. */
    private static final Set<String> OPENAI = Set.of("stop", "eos");

    private static final String RESPONSES = "completed";
    private static final Set<String> ANTHROPIC = Set.of("end_turn", "stop_sequence");
    private static final Set<String> GEMINI = Set.of("STOP");

    private final String token = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** A short stable word, for metrics. */
    public String token() {
        return token;
    }

    /** Why this answer is not kept; null when it is. */
    public static @Nullable Unkept reason(AnswerFacts answer) {
        if (answer.status() < 200 || answer.status() > 299 || answer.status() == 204) {
            return STATUS;
        }
        if (answer.end() != End.COMPLETE) {
            return INCOMPLETE;
        }
        if (!answer.recorded()) {
            return TOO_LARGE;
        }
        if (answer.toolCalls()) {
            return TOOL_CALLS;
        }
        if (answer.refused()) {
            return REFUSED;
        }
        return isStop(answer) ? null : FINISH;
    }

    private static boolean isStop(AnswerFacts answer) {
        String finish = answer.finish();
        if (answer.operation() == Operation.EMBED) {
            return finish == null;
        }
        return switch (answer.dialect()) {
            case "openai-chat", "openai-completions" -> finish != null && OPENAI.contains(finish);
            case "openai-responses" -> RESPONSES.equals(finish);
            case "anthropic" -> finish != null && ANTHROPIC.contains(finish);
            case "gemini" -> finish != null && GEMINI.contains(finish);
            default -> false;
        };
    }
}
