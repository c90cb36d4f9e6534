package io.tollgate.routing.shaping.summary;

import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import io.tollgate.core.text.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * The end of the first user turn, where a summary goes: turns still alternate, all that stands before it stays the same
 * and warm in the provider's cache, and it has the weight of a user's words, not of the operator's.
 *
 * @param at byte of the body before which it is inserted
 * @param text whether within a string; else as an element of a list
 * @param first whether that list is empty
 */
record SummaryPlace(int at, boolean text, boolean first) {
    /** Null where the turn is of a form no text can be added to. */
    static @Nullable SummaryPlace in(Turn opening, RequestBody body) {
        int start = opening.span().start();
        JsonTokenizer json = new JsonTokenizer(new RequestBody(
                body.array(), body.offset() + start, opening.span().length()));
        json.next();
        json.next();
        while (json.is(Token.NAME)) {
            String name = json.name();
            json.next();
            boolean said = name.equals("content") || name.equals("parts");
            boolean string = json.is(Token.STRING);
            if (!said || !(string || json.is(Token.START_ARRAY))) {
                if (said) {
                    return null;
                }
                json.skip();
                continue;
            }
            if (string) {
                json.next();
                return new SummaryPlace(start + json.previousEnd() - 1, true, false);
            }
            boolean empty = true;
            json.next();
            while (!json.is(Token.END_ARRAY)) {
                empty = false;
                json.skip();
            }
            return new SummaryPlace(start + json.start(), false, empty);
        }
        return null;
    }

    BodyEdit insert(String dialect, String said) {
        StringBuilder json = new StringBuilder(said.length() + 64);
        if (text) {
            JsonString.escape("\n\n" + said, json);
            return BodyEdit.insert(at, json.toString());
        }
        json.append(first ? "" : ",");
        json.append(
                switch (dialect) {
                    case "gemini" -> "{\"text\":";
                    case "openai-responses" -> "{\"type\":\"input_text\",\"text\":";
                    default -> "{\"type\":\"text\",\"text\":";
                });
        JsonString.quote(said, json);
        return BodyEdit.insert(at, json.append('}').toString());
    }
}
