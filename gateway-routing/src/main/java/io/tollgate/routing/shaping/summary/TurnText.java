package io.tollgate.routing.shaping.summary;

import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import java.util.Set;

/**
 * A turn as a summary's writer reads it, in any dialect: who speaks, what is said, which tools are called with what and
 * what they answer. Media, thoughts and signatures are left out, long texts shortened in their middle.
 */
final class TurnText {
    private static final int LONGEST = 8_000;
    private static final Set<String> NOT_READ = Set.of(
            "role",
            "type",
            "id",
            "call_id",
            "tool_call_id",
            "tool_use_id",
            "status",
            "data",
            "image_url",
            "input_audio",
            "audio",
            "file",
            "file_data",
            "file_id",
            "source",
            "inlineData",
            "inline_data",
            "fileData",
            "thinking",
            "thought",
            "thoughtSignature",
            "thought_signature",
            "signature",
            "encrypted_content",
            "cache_control",
            "annotations",
            "logprobs");

    /** What a tool was given or answered: any name in it can matter. */
    private static final Set<String> OF_TOOLS = Set.of("input", "args", "response", "arguments", "output");

    private final JsonTokenizer json;
    private final StringBuilder out = new StringBuilder();

    private TurnText(RequestBody turn) {
        json = new JsonTokenizer(turn);
    }

    static String of(RequestBody body, Turn turn) {
        TurnText text = new TurnText(new RequestBody(
                body.array(), body.offset() + turn.span().start(), turn.span().length()));
        text.json.next();
        text.object(true, false);
        StringBuilder said = text.out;
        if (said.length() > LONGEST) {
            said.replace(LONGEST / 2, said.length() - LONGEST / 2, " […] ");
        }
        return (turn.role().isEmpty() ? "user" : turn.role()) + ":" + said;
    }

    /** Up to the closing brace of the turn, else behind it. */
    private void object(boolean turn, boolean ofTool) {
        json.next();
        while (json.is(Token.NAME)) {
            String name = json.name();
            json.next();
            if (!ofTool && NOT_READ.contains(name)) {
                json.skip();
            } else {
                boolean named = !name.equals("content") && !name.equals("text") && !name.equals("parts");
                if (named && !json.is(Token.NULL)) {
                    out.append(' ').append(name).append(':');
                }
                value(ofTool || OF_TOOLS.contains(name));
            }
        }
        if (!turn) {
            json.next();
        }
    }

    private void value(boolean ofTool) {
        if (json.is(Token.START_OBJECT)) {
            object(false, ofTool);
        } else if (json.is(Token.START_ARRAY)) {
            json.next();
            while (!json.is(Token.END_ARRAY)) {
                value(ofTool);
            }
            json.next();
        } else {
            if (json.is(Token.STRING) || json.is(Token.WHOLE) || json.is(Token.FRACTION)) {
                out.append(' ').append(json.text());
            } else if (json.is(Token.TRUE) || json.is(Token.FALSE)) {
                out.append(json.is(Token.TRUE) ? " true" : " false");
            }
            json.next();
        }
    }
}
