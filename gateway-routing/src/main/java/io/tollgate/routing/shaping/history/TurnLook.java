package io.tollgate.routing.shaping.history;

import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One look at a turn, in any dialect: what kind it is, which tool calls it makes and which it answers. None of the
 * dialects means anything else by another's words. Source: the providers' API references.
 */
final class TurnLook {
    private static final Set<String> LISTS = Set.of("content", "parts", "tool_calls");
    private static final Set<String> CALLS = Set.of("functionCall", "function_call");
    private static final Set<String> RESULTS = Set.of("functionResponse", "function_response");

    private final JsonTokenizer json;
    private final List<String> called = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();
    private boolean calls;
    private boolean results;

    private TurnLook(RequestBody turn) {
        json = new JsonTokenizer(turn);
    }

    /**
     * What was seen.
     *
     * @param calls whether it makes a tool call
     * @param called ids of the calls it makes, where they have any
     * @param answered ids of the calls it answers
     */
    record Seen(TurnKind kind, boolean calls, List<String> called, List<String> answered) {}

    static Seen at(RequestBody body, Turn turn) {
        TurnLook look = new TurnLook(new RequestBody(
                body.array(), body.offset() + turn.span().start(), turn.span().length()));
        look.json.next();
        look.object(true, false);
        return new Seen(look.kind(turn.role()), look.calls, look.called, look.answered);
    }

    private TurnKind kind(String role) {
        return switch (role) {
            case "system", "developer", "compaction" -> TurnKind.KEPT;
            case "tool", "function" -> TurnKind.RESULT;
            case "user", "message", "" -> results ? TurnKind.RESULT : TurnKind.USER;
            default -> isResult(role) ? TurnKind.RESULT : TurnKind.MODEL;
        };
    }

    private static boolean isResult(String type) {
        return type.endsWith("_output") || type.endsWith("_result") || type.endsWith("_response");
    }

    /** From an opening brace to behind the closing one, or to it where the turn ends. */
    private void object(boolean turn, boolean call) {
        String type = "";
        @Nullable String id = null;
        @Nullable String of = null;
        json.next();
        while (json.is(Token.NAME)) {
            String name = json.name();
            json.next();
            if (json.is(Token.STRING)) {
                switch (name) {
                    case "type" -> type = json.text();
                    case "id" -> id = json.text();
                    case "call_id", "tool_call_id", "tool_use_id", "approval_request_id" -> of = json.text();
                    default -> {}
                }
                json.next();
            } else if (turn && LISTS.contains(name)) {
                list(name.equals("tool_calls"));
            } else if (json.is(Token.START_OBJECT) && (CALLS.contains(name) || RESULTS.contains(name))) {
                calls |= CALLS.contains(name);
                results |= RESULTS.contains(name);
                json.skip();
            } else {
                json.skip();
            }
        }
        if (call || type.endsWith("_call") || type.endsWith("tool_use") || type.equals("mcp_approval_request")) {
            calls = true;
            String named = of != null ? of : id;
            if (named != null) {
                called.add(named);
            }
        } else if (of != null || isResult(type)) {
            results = true;
            if (of != null) {
                answered.add(of);
            }
        }
        if (!turn) {
            json.next();
        }
    }

    /** Google takes one element for a list of one. */
    private void list(boolean ofCalls) {
        if (json.is(Token.START_OBJECT)) {
            object(false, ofCalls);
            return;
        }
        if (!json.is(Token.START_ARRAY)) {
            json.skip();
            return;
        }
        json.next();
        while (!json.is(Token.END_ARRAY)) {
            if (json.is(Token.START_OBJECT)) {
                object(false, ofCalls);
            } else {
                json.skip();
            }
        }
        json.next();
    }
}
