package io.tollgate.core.dialect.answer;

import io.tollgate.core.dialect.json.JsonSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Follows a parser through an answer and reports what stands at known places; everything else is passed over. */
final class AnswerWalker {
    private final Place root;
    private final AnswerFacts facts;
    private final Place[] open = new Place[JsonSource.MAX_DEPTH + 1];
    private int depth;
    private int passedOver;
    private @Nullable Place next;
    private long leftOut;

    AnswerWalker(Place root, AnswerFacts facts) {
        this.root = root;
        this.facts = facts;
        this.next = root;
    }

    /** Takes all tokens there are for now; further root values may follow. */
    void walk(JsonParser parser) {
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.NOT_AVAILABLE) {
            if (passedOver > 0) {
                passedOver += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } else {
                step(token, parser);
            }
            token = parser.nextToken();
        }
    }

    private void step(JsonToken token, JsonParser parser) {
        switch (token) {
            case PROPERTY_NAME -> next = open[depth - 1].member(parser.currentName());
            case START_OBJECT, START_ARRAY -> {
                if (next == null) {
                    passedOver = 1;
                } else {
                    open[depth++] = next;
                    facts.opened(next);
                }
            }
            case END_OBJECT, END_ARRAY -> {
                facts.closed(open[--depth]);
                next = depth == 0 ? root : open[depth - 1]; // the next element, should this be an array
            }
            default -> {
                if (next != null) {
                    facts.value(next, token, parser, leftOut);
                }
                leftOut = 0;
            }
        }
    }

    /** Bytes inside the string now being read that the parser is not shown. */
    void leaveOut(int bytes) {
        leftOut += bytes;
    }

    /** Bytes of a string that never ended. */
    void brokenOff(long bytes) {
        Place place = passedOver == 0 ? next : null;
        if (place != null && (place.kind() == Place.Kind.TEXT || place.kind() == Place.Kind.WHOLE_TEXT)) {
            facts.text(bytes + leftOut);
        }
    }

    /** Forgets an unfinished value: the next token starts a new root value. */
    void reset() {
        depth = 0;
        passedOver = 0;
        next = root;
        leftOut = 0;
    }
}
