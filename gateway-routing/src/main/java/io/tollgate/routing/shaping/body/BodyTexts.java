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
 * The texts of a body that may be changed. Of what users said and tools answered JSON is not among them, for half of it
 * would be broken.
 */
public final class BodyTexts {
    private static final Set<String> USERS = Set.of("user", "message", "");
    private static final Set<String> TOOLS = Set.of("tool", "function", "function_call_output");
    private static final Set<String> OPERATORS = Set.of("system", "developer");
    private static final Set<String> TEXTS = Set.of("content", "text", "parts", "output");
    private static final List<String> PLAIN = List.of("input", "prompt");
    private static final List<String> SYSTEM =
            List.of("system", "instructions", "systemInstruction", "system_instruction");

    private final RequestBody body;
    private final List<BodyText> texts = new ArrayList<>();

    private BodyTexts(RequestBody body) {
        this.body = body;
    }

    /** What users said and tools answered, not what the operator or the model wrote; in the order they stand. */
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
                if (member != null
                        && body.array()[body.offset() + member.value().start()] == '"') {
                    reader.add(member.value().start(), true);
                }
            }
        }
        reader.texts.removeIf(text -> isJson(text.text()));
        return reader.texts;
    }

    /** What the operator said: system prompts, wherever they stand. */
    public static List<BodyText> ofSystem(RequestFacts facts, RequestBody body) {
        BodyTexts reader = new BodyTexts(body);
        for (String name : SYSTEM) {
            Member member = facts.members().get(name);
            if (member != null) {
                reader.read(member.value(), false);
            }
        }
        for (Turn turn : facts.turns()) {
            if (OPERATORS.contains(turn.role())) {
                reader.read(turn.span(), false);
            }
        }
        return reader.texts;
    }

    /** Bytes of system prompts, as they are written. */
    public static int systemBytes(RequestFacts facts) {
        int bytes = 0;
        for (String name : SYSTEM) {
            Member member = facts.members().get(name);
            bytes += member == null ? 0 : member.value().length();
        }
        for (Turn turn : facts.turns()) {
            bytes += OPERATORS.contains(turn.role()) ? turn.span().length() : 0;
        }
        return bytes;
    }

    private static boolean isJson(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        boolean list = from < to && text.charAt(from) == '[' && text.charAt(to - 1) == ']';
        return list || (from < to && text.charAt(from) == '{');
    }

    private void read(Span span, boolean user) {
        JsonTokenizer json =
                new JsonTokenizer(new RequestBody(body.array(), body.offset() + span.start(), span.length()));
        json.next();
        value(json, span.start(), user, true);
    }

    /** A value in which text is looked for; stops on its last token where it is the whole, else behind it. */
    private void value(JsonTokenizer json, int offset, boolean user, boolean whole) {
        if (json.is(Token.STRING)) {
            add(offset + json.start(), user);
        } else if (json.is(Token.START_OBJECT)) {
            object(json, offset, user);
        } else if (json.is(Token.START_ARRAY)) {
            json.next();
            while (!json.is(Token.END_ARRAY)) {
                value(json, offset, user, false);
            }
        }
        if (!whole) {
            json.next();
        }
    }

    /** Up to its closing brace. What a tool answered in a user's turn the user did not say. */
    private void object(JsonTokenizer json, int offset, boolean user) {
        int from = texts.size();
        boolean result = false;
        json.next();
        while (json.is(Token.NAME)) {
            String name = json.name();
            json.next();
            if (TEXTS.contains(name)) {
                value(json, offset, user, false);
                continue;
            }
            result |=
                    json.is(Token.STRING) && name.equals("type") && json.text().endsWith("tool_result");
            json.skip();
        }
        if (result) {
            texts.subList(from, texts.size()).replaceAll(BodyText::ofTool);
        }
    }

    private void add(int start, boolean user) {
        texts.add(BodyText.read(body, start, user));
    }
}
