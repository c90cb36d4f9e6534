package io.tollgate.routing.shaping.body;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The texts that may be shortened: what users said and tools answered, not what the operator or the model wrote, and no
 * JSON, which half would be broken.
 */
public final class BodyTexts {
    private static final Set<String> USERS = Set.of("user", "message", "");
    private static final Set<String> TOOLS = Set.of("tool", "function", "function_call_output");
    private static final Set<String> TEXTS = Set.of("content", "text", "parts", "output");
    private static final List<String> PLAIN = List.of("input", "prompt");

    private final RequestBody body;
    private final List<BodyText> texts = new ArrayList<>();

    private BodyTexts(RequestBody body) {
        this.body = body;
    }

    /** In the order they stand. */
    public static List<BodyText> of(RequestFacts facts, RequestBody body) {
        BodyTexts reader = new BodyTexts(body);
        for (Turn turn : facts.turns()) {
            boolean user = USERS.contains(turn.role());
            if (user || TOOLS.contains(turn.role())) {
                reader.read(turn.span(), user);
            }
        }
        if (facts.turns().isEmpty()) {
            for (String name : PLAIN) {
                Member member = facts.members().get(name);
                if (member != null && body.array()[body.offset() + member.value().start()] == '"') {
                    reader.add(member.value().start(), true);
                }
            }
        }
        return reader.texts;
    }

    private void read(Span span, boolean user) {
        JsonTokenizer tokens =
                new JsonTokenizer(new RequestBody(body.array(), body.offset() + span.start(), span.length()));
        tokens.next();
        if (tokens.is(Token.STRING)) {
            add(span.start(), user);
            return;
        }
        int depth = 0;
        boolean wanted = false;
        while (tokens.token() != null) {
            if (tokens.is(Token.NAME)) {
                wanted = TEXTS.contains(tokens.name());
                tokens.next();
                if (!wanted) {
                    tokens.skip();
                    continue;
                }
            }
            if (tokens.is(Token.STRING) && wanted) {
                add(span.start() + tokens.start(), user);
            }
            if (depth == 0 && !tokens.opens()) {
                return;
            }
            depth += tokens.opens() ? 1 : tokens.is(Token.END_ARRAY) || tokens.is(Token.END_OBJECT) ? -1 : 0;
            if (depth == 0) {
                return;
            }
            tokens.next();
        }
    }

    private void add(int start, boolean user) {
        BodyText text = BodyText.read(body, start, user);
        String stripped = text.text().stripLeading();
        boolean json = stripped.startsWith("{") || (stripped.startsWith("[") && text.text().stripTrailing().endsWith("]"));
        if (!json) {
            texts.add(text);
        }
    }
}
