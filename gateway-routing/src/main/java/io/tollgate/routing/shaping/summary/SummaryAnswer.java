package io.tollgate.routing.shaping.summary;

import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text of a whole plain answer, by dialect; thoughts and tool calls aside. */
final class SummaryAnswer {
    /** The names on the way to a text. */
    private static final Map<String, Set<String>> WAYS = Map.of(
            "openai-chat", Set.of("choices", "message", "content"),
            "openai-responses", Set.of("output", "content", "text"),
            "anthropic", Set.of("content", "text"),
            "gemini", Set.of("candidates", "content", "parts", "text"));

    private final JsonTokenizer json;
    private final Set<String> way;
    private final StringBuilder text = new StringBuilder();

    private SummaryAnswer(byte[] body, Set<String> way) {
        this.json = new JsonTokenizer(RequestBody.of(body));
        this.way = way;
    }

    /** Empty where there is none, or the answer is broken. */
    static String text(String dialect, byte[] body) {
        SummaryAnswer answer = new SummaryAnswer(body, WAYS.getOrDefault(dialect, Set.of()));
        try {
            answer.json.next();
            answer.value();
            return answer.text.toString();
        } catch (RefusedException e) {
            return "";
        }
    }

    private void value() {
        if (json.is(Token.STRING)) {
            text.append(json.text());
            json.next();
        } else if (json.is(Token.START_ARRAY)) {
            json.next();
            while (!json.is(Token.END_ARRAY)) {
                value();
            }
            json.next();
        } else if (json.is(Token.START_OBJECT)) {
            object();
        } else {
            json.next();
        }
    }

    private void object() {
        int before = text.length();
        boolean thought = false;
        @Nullable String type = null;
        json.next();
        while (json.is(Token.NAME)) {
            String name = json.name();
            json.next();
            if (way.contains(name)) {
                value();
                continue;
            }
            if (name.equals("type") && json.is(Token.STRING)) {
                type = json.text();
            }
            thought |= name.equals("thought") && json.is(Token.TRUE);
            json.skip();
        }
        json.next();
        if (thought || "thinking".equals(type) || "reasoning".equals(type)) {
            text.setLength(before);
        }
    }
}
