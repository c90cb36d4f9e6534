package io.tollgate.routing.complexity.request;

import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import io.tollgate.routing.complexity.text.Window;
import java.util.Set;

/**
 * The text of one turn, or of a plain string or a list of strings: what stands as content or text, not what tools
 * answered. Of long texts only the beginning and the end are decoded.
 */
final class TurnText {
    private static final Set<String> LEADING_TO_TEXT = Set.of("content", "text", "parts", "input_text");
    private static final Set<String> NO_SPEECH =
            Set.of("tool_result", "function_call_output", "tool_use", "thinking", "document");
    private static final int PIECES_MOST = 2 * Window.MAX;

    private final RequestBody body;
    private final JsonTokenizer tokens;
    private final StringBuilder text = new StringBuilder();

    private TurnText(RequestBody body) {
        this.body = body;
        this.tokens = new JsonTokenizer(body);
    }

    /** Of the value at {@code span}, which is JSON that was read before. */
    static String read(RequestBody whole, Span span) {
        TurnText turn = new TurnText(new RequestBody(whole.array(), whole.offset() + span.start(), span.length()));
        try {
            turn.tokens.next();
            turn.value();
        } catch (RefusedException e) {
            throw new IllegalStateException("a turn that was read before is not JSON", e);
        }
        return Window.of(turn.text.toString());
    }

    /** Starts on a value's first token, stops behind the value; the turn's own end has nothing behind. */
    private void value() {
        if (tokens.is(Token.STRING)) {
            string();
            tokens.next();
        } else if (tokens.is(Token.START_OBJECT)) {
            object();
        } else if (tokens.is(Token.START_ARRAY)) {
            tokens.next();
            while (!tokens.is(Token.END_ARRAY)) {
                value();
            }
            tokens.next();
        } else {
            tokens.next();
        }
    }

    private void object() {
        int before = text.length();
        boolean speech = true;
        tokens.next();
        while (tokens.is(Token.NAME)) {
            String name = tokens.name();
            tokens.next();
            if (name.equals("type") && tokens.is(Token.STRING)) {
                speech &= !NO_SPEECH.contains(tokens.text());
                tokens.next();
            } else if (LEADING_TO_TEXT.contains(name)) {
                value();
            } else {
                speech &= !name.equals("functionResponse") && !name.equals("function_response");
                tokens.skip();
            }
        }
        tokens.next();
        if (!speech) {
            text.setLength(before);
        }
    }

    private void string() {
        int from = tokens.start() + 1;
        int room = PIECES_MOST - text.length();
        if (room <= 0) { // a turn of very many pieces: its end is what counts
            text.delete(Window.HEAD, text.length() - Window.TAIL);
        }
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
        text.append(StringEnds.read(body, from, tokens.textLength(), tokens));
    }
}
