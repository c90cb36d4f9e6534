package io.tollgate.routing.promptcache;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The places an Anthropic prompt can be marked at, in the provider's order, at most four. Source: Anthropic's reference. */
final class Places {
    private static final byte[] OWN_MARK = "\"cache_control\"".getBytes(StandardCharsets.US_ASCII);
    private static final String MARK = ",\"cache_control\":{\"type\":\"ephemeral\"}";
    private static final Set<String> MARKABLE = Set.of("text", "image", "document", "tool_use", "tool_result");

    private final RequestBody body;
    private final List<Prefix> found = new ArrayList<>(4);
    private long hash;
    private long bytes;

    private Places(RequestBody body, long scope) {
        this.body = body;
        this.hash = scope;
    }

    /** Whether the caller places marks itself, anywhere: then none of ours are. */
    static boolean marked(RequestBody body) {
        byte[] array = body.array();
        int last = body.offset() + body.length() - OWN_MARK.length;
        for (int i = body.offset(); i <= last; i++) {
            if (array[i] == '"' && array[i + 1] == 'c' && isMark(array, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMark(byte[] array, int at) {
        for (int i = 0; i < OWN_MARK.length; i++) {
            if (array[at + i] != OWN_MARK[i]) {
                return false;
            }
        }
        return true;
    }

    static List<Prefix> of(RequestFacts facts, RequestBody body, long scope) {
        Places places = new Places(body, scope);
        places.block(Kind.TOOLS, facts.members().get("tools"));
        places.block(Kind.SYSTEM, facts.members().get("system"));
        List<Turn> turns = facts.turns();
        int last = turns.size() - 1;
        for (int i = 0; i <= last; i++) {
            Turn turn = turns.get(i);
            places.pass(turn.span());
            if (i == last || i == last - 2) { // where this request ends, and where the one before it ended
                places.add(i == 0 ? Kind.OPENING : Kind.TURN, places.content(turn.span()));
            }
        }
        return places.found;
    }

    private void pass(Span span) {
        hash = Hash.of(hash, body, span);
        bytes += span.length();
    }

    private void block(Kind kind, @Nullable Member member) {
        if (member != null) {
            pass(member.value());
            add(kind, marking(member.value(), kind));
        }
    }

    private void add(Kind kind, List<BodyEdit> marking) {
        if (!marking.isEmpty()) {
            found.add(new Prefix(kind, hash, bytes, marking));
        }
    }

    private List<BodyEdit> content(Span turn) {
        JsonTokenizer json = tokens(turn);
        json.next();
        json.next();
        while (json.is(Token.NAME)) {
            boolean content = json.name().equals("content");
            json.next();
            int from = json.start();
            json.skip();
            if (content) {
                return marking(new Span(turn.start() + from, turn.start() + json.previousEnd()), Kind.TURN);
            }
        }
        return List.of();
    }

    private JsonTokenizer tokens(Span span) {
        return new JsonTokenizer(new RequestBody(body.array(), body.offset() + span.start(), span.length()));
    }

    /** A string becomes a block; in a list the last block is marked. */
    private List<BodyEdit> marking(Span value, Kind kind) {
        JsonTokenizer json = tokens(value);
        json.next();
        if (json.is(Token.STRING)) {
            return json.textLength() == 0
                    ? List.of()
                    : List.of(
                            BodyEdit.insert(value.start(), "[{\"type\":\"text\",\"text\":"),
                            BodyEdit.insert(value.end(), MARK + "}]"));
        }
        if (!json.is(Token.START_ARRAY)) {
            return List.of();
        }
        int last = -1;
        json.next();
        while (!json.is(Token.END_ARRAY)) {
            last = json.is(Token.START_OBJECT) ? json.start() : -1;
            json.skip();
        }
        if (last < 0) {
            return List.of();
        }
        Span block = new Span(value.start() + last, value.start() + json.previousEnd());
        return kind == Kind.TOOLS || markable(block) ? List.of(BodyEdit.insert(block.end() - 1, MARK)) : List.of();
    }

    /** Thinking and empty texts cannot be marked. */
    private boolean markable(Span block) {
        JsonTokenizer json = tokens(block);
        json.next();
        json.next();
        boolean known = false;
        while (json.is(Token.NAME)) {
            String name = json.name();
            json.next();
            if (json.is(Token.STRING) && name.equals("type")) {
                known = MARKABLE.contains(json.text());
            } else if (json.is(Token.STRING) && name.equals("text") && json.textLength() == 0) {
                return false;
            }
            json.skip();
        }
        return known;
    }
}
