package io.tollgate.core.dialect.toolcalls;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Finds the tool calls of a conversation, oldest first, in a body that has been read. Only the turns a model made are
 * looked into, so that prompts and results, the bulk of an agent's body, are not read a second time.
 *
 * <p>One recogniser serves all dialects, because none of them means anything else by another's words: OpenAI's
 * {@code tool_calls[].function}, {@code tool_calls[].custom} and {@code function_call}; items of the Responses API whose
 * type ends in {@code _call}; Anthropic's content blocks whose type ends in {@code tool_use}; Gemini's
 * {@code parts[].functionCall}. Source: the providers' API references. Where a conversation is kept by the provider
 * ({@code previous_response_id}, {@code conversation}), a result tells that there was a call.
 */
public final class ToolCallReader {
    private static final Set<String> LISTS = Set.of("tool_calls", "content", "parts");
    private static final Set<String> NESTED = Set.of("function", "custom", "functionCall", "function_call");
    private static final Set<String> ARGUMENTS = Set.of("arguments", "input", "args", "action", "operation");
    private static final Set<String> NOT_A_MODELS = Set.of("user", "system", "developer", "tool", "function");
    private static final Set<String> KEPT_ELSEWHERE = Set.of("previous_response_id", "conversation");
    private static final String RESULT = "_output";

    private final RequestBody body;
    private final List<ToolCall> calls = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int turnStart;

    private ToolCallReader(RequestBody body) {
        this.body = body;
    }

    /**
     * The tool calls in a body with these facts.
     *
     * @throws RefusedException when a turn is no JSON after all, which the first reading would have told
     */
    public static List<ToolCall> read(RequestFacts facts, RequestBody body) {
        ToolCallReader reader = new ToolCallReader(body);
        boolean keptElsewhere =
                KEPT_ELSEWHERE.stream().anyMatch(name -> facts.members().get(name) != null);
        List<Turn> turns = facts.turns();
        int latestFrom = latestFrom(turns);
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            try {
                if (mayCall(turn)) {
                    reader.readTurn(turn, i >= latestFrom);
                } else if (keptElsewhere && turn.role().endsWith(RESULT)) {
                    reader.readResult(turn);
                }
            } catch (JacksonException e) {
                throw RefusedException.malformed("turn " + i + " of the conversation, at byte "
                        + turn.span().start() + ", cannot be read; expected JSON in UTF-8");
            }
        }
        return reader.calls;
    }

    private static boolean mayCall(Turn turn) {
        return !NOT_A_MODELS.contains(turn.role()) && !turn.role().endsWith(RESULT);
    }

    /**
     * The first of the turns that the last answer made, if the conversation ends with results: the last ones that a
     * model made, before the results at the end. Anthropic and Gemini give results in one turn of the user's.
     */
    private static int latestFrom(List<Turn> turns) {
        int at = turns.size() - 1;
        int results = at;
        while (at >= 0 && isResult(turns.get(at).role())) {
            at--;
        }
        if (at == results && at > 0 && !mayCall(turns.get(at))) {
            at--;
        }
        if (at == results) {
            return turns.size();
        }
        while (at > 0 && mayCall(turns.get(at)) && mayCall(turns.get(at - 1))) {
            at--;
        }
        return at;
    }

    private static boolean isResult(String role) {
        return role.equals("tool") || role.equals("function") || role.endsWith(RESULT);
    }

    private void readTurn(Turn turn, boolean latest) {
        try (JsonParser parser = open(turn)) {
            parser.nextToken();
            readHolder(parser, latest, true);
        }
    }

    private void readResult(Turn turn) {
        try (JsonParser parser = open(turn)) {
            parser.nextToken();
            Draft result = new Draft();
            readMembers(parser, result, false, false);
            if (result.id != null && ids.add(result.id)) {
                calls.add(new ToolCall(result.id, "", null, false));
            }
        }
    }

    private JsonParser open(Turn turn) {
        turnStart = turn.span().start();
        return JsonSource.open(
                body.array(), body.offset() + turnStart, turn.span().length());
    }

    /** An object that can be a call or hold one; the turn itself can also have a list of such objects. */
    private void readHolder(JsonParser parser, boolean latest, boolean turn) {
        Draft draft = new Draft();
        readMembers(parser, draft, latest, turn);
        Draft nested = draft.nested;
        if (nested != null) {
            add(draft.id != null ? draft.id : nested.id, nested, nested.name, latest);
        } else if (draft.type.endsWith("_call") || draft.type.endsWith("tool_use")) {
            add(draft.id, draft, draft.name == null ? draft.type : draft.name, latest);
        }
    }

    private void add(@Nullable String id, Draft call, @Nullable String name, boolean latest) {
        if (id != null) {
            ids.add(id);
        }
        calls.add(new ToolCall(id, name == null ? "" : name, call.arguments, latest));
    }

    /** From an object's opening brace to its closing one. */
    private void readMembers(JsonParser parser, Draft draft, boolean latest, boolean turn) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (turn && value == JsonToken.START_ARRAY && LISTS.contains(name)) {
                readList(parser, latest);
            } else if (turn && value == JsonToken.START_OBJECT && LISTS.contains(name)) {
                readHolder(parser, latest, false); // Google takes one element for a list of one
            } else if (value == JsonToken.START_OBJECT && NESTED.contains(name)) {
                Draft nested = new Draft();
                readMembers(parser, nested, latest, false);
                draft.nested = nested;
            } else if (ARGUMENTS.contains(name)) {
                draft.arguments = span(parser);
            } else if (value == JsonToken.VALUE_STRING) {
                draft.take(name, parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readList(JsonParser parser, boolean latest) {
        for (JsonToken element = parser.nextToken(); element != JsonToken.END_ARRAY; element = parser.nextToken()) {
            if (element == JsonToken.START_OBJECT) {
                readHolder(parser, latest, false);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** The value that begins here, and moves to its end. */
    private Span span(JsonParser parser) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return new Span(turnStart + from, turnStart + to);
    }

    /** What is known of a call so far. */
    private static final class Draft {
        private @Nullable String id;
        private String type = "";
        private @Nullable String name;
        private @Nullable Span arguments;
        private @Nullable Draft nested;

        /** A {@code call_id} says more than an {@code id}: results name it. */
        void take(String member, JsonParser parser) {
            switch (member) {
                case "call_id" -> id = parser.getString();
                case "id" -> id = id == null ? parser.getString() : id;
                case "type" -> type = parser.getString();
                case "name" -> name = parser.getString();
                default -> {}
            }
        }
    }
}
