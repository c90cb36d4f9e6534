package io.tollgate.core.dialect.json;

import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.dialect.json.Layout.Field;
import io.tollgate.core.dialect.json.Layout.Kind;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.Members;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body in one pass of a tokenizer: the members a {@link Layout} names, the conversation, and
 * where everything stands. Texts are skipped over and measured, never decoded. One per body, used once.
 *
 * <p>Every {@code read…} method starts on a value's first token and stops on the token behind the value, which always
 * exists because the root is an object.
 */
public final class RequestReader {
    private static final int MAX_TURNS = 100_000;
    private static final int FEW = 16;
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,18})(?:\\.0{1,18})?");

    private final Layout root;
    private final JsonTokenizer tokens;
    private final TextMeter meter;
    private List<Turn> turns = List.of();

    private RequestReader(Layout root, JsonTokenizer tokens) {
        this.root = root;
        this.tokens = tokens;
        this.meter = new TextMeter(root, tokens);
    }

    /**
     * Reads {@code body} as {@code layout} says.
     *
     * @throws RefusedException when it is not one JSON object in UTF-8, repeats a member, or holds a wrong type; the
     *     message says what, where, and what was expected
     */
    public static ParsedRequest read(RequestBody body, Layout layout) {
        if (body.isEmpty()) {
            throw RefusedException.malformed("the body is empty; expected a JSON object");
        }
        refuseOtherEncodings(body);
        return new RequestReader(layout, new JsonTokenizer(body)).readRoot();
    }

    private static void refuseOtherEncodings(RequestBody body) {
        int first = at(body, 0);
        int second = at(body, 1);
        if (first == 0xEF && second == 0xBB) {
            throw RefusedException.malformed(
                    "the body begins with a byte order mark at byte 0; expected JSON in UTF-8 without one");
        }
        if (first == 0 || second == 0 || first >= 0xFE) {
            throw RefusedException.malformed(
                    "the body is not UTF-8 (it looks like UTF-16 or UTF-32 at byte 0); expected JSON in UTF-8");
        }
    }

    private static int at(RequestBody body, int index) {
        return index < body.length() ? body.array()[body.offset() + index] & 0xFF : ' ';
    }

    private ParsedRequest readRoot() {
        tokens.next();
        if (!tokens.is(Token.START_OBJECT)) {
            throw RefusedException.malformed("the body is " + shown()
                    + (tokens.token() == null ? "" : " at byte " + tokens.start()) + "; expected a JSON object");
        }
        ParsedObject members = readMembers(root);
        tokens.next(); // nothing may stand behind it
        return new ParsedRequest(members, turns, meter.textBytes(), meter.tools(), meter.images());
    }

    /** Stops on the object's own end, not behind it: the root has nothing behind. */
    private ParsedObject readMembers(Layout layout) {
        int open = tokens.start() + 1;
        List<Member> members = new ArrayList<>(FEW);
        Map<String, Object> values = new HashMap<>(FEW);
        UniqueNames names = new UniqueNames(layout);
        tokens.next();
        while (tokens.is(Token.NAME)) {
            String name = tokens.name();
            int nameStart = tokens.start();
            names.add(name, nameStart);
            tokens.next();
            int valueStart = tokens.start();
            Object value = readMember(layout.field(name), values);
            int end = tokens.previousEnd();
            Members inner = value instanceof ParsedObject object ? object.members() : Members.NONE;
            members.add(new Member(name, new Span(nameStart, end), new Span(valueStart, end), inner));
        }
        return new ParsedObject(new Members(open, members), values);
    }

    private @Nullable Object readMember(@Nullable Field field, Map<String, Object> values) {
        if (field == null || tokens.is(Token.NULL)) {
            tokens.skip();
            return null;
        }
        Object value = readValue(field);
        if (value != null) {
            values.put(field.name(), value);
        }
        return value;
    }

    private @Nullable Object readValue(Field field) {
        switch (field.kind()) {
            case STRING, FLAG, INTEGER -> {
                Object scalar = scalar(field.kind());
                expect(field, scalar != null);
                tokens.next();
                return scalar;
            }
            case OBJECT -> {
                expect(field, tokens.is(Token.START_OBJECT));
                ParsedObject object = readMembers(Objects.requireNonNull(field.nested()));
                tokens.next();
                return object;
            }
            case TURNS, TURNS_OR_TEXT -> {
                if (field.kind() == Kind.TURNS_OR_TEXT && tokens.is(Token.STRING)) {
                    meter.readText(true);
                } else {
                    readTurns(field);
                }
            }
            case TEXT -> meter.readText(true);
            case TOOLS -> {
                expect(field, tokens.is(Token.START_ARRAY) || standsForList());
                meter.readTools();
            }
            case RAW_TEXT -> meter.readRaw();
        }
        return null;
    }

    /** The value that stands here, or null when it is not of this kind. */
    private @Nullable Object scalar(Kind kind) {
        if (kind == Kind.STRING) {
            return tokens.is(Token.STRING) ? tokens.text() : null;
        }
        if (kind == Kind.FLAG) {
            boolean flag = tokens.is(Token.TRUE) || tokens.is(Token.FALSE);
            return flag ? (Object) tokens.is(Token.TRUE) : null;
        }
        long whole = tokens.whole();
        boolean lenient =
                whole < 0 && root.isProtocolBuffers() && (tokens.is(Token.STRING) || tokens.is(Token.FRACTION));
        if (lenient) {
            Matcher matcher = WHOLE.matcher(tokens.text());
            whole = matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
        }
        return whole < 0 ? null : (Object) whole;
    }

    /** Whether one element stands where a list is expected and counts as a list of one. */
    private boolean standsForList() {
        return root.isProtocolBuffers() && tokens.is(Token.START_OBJECT);
    }

    private void readTurns(Field field) {
        if (standsForList()) {
            turns = List.of(readTurn());
            return;
        }
        expect(field, tokens.is(Token.START_ARRAY));
        List<Turn> found = new ArrayList<>(FEW);
        tokens.next();
        while (!tokens.is(Token.END_ARRAY)) {
            if (!tokens.is(Token.START_OBJECT)) {
                throw RefusedException.malformed(field.name() + "[" + found.size() + "] at byte " + tokens.start()
                        + " is " + shown() + "; expected an object");
            }
            if (found.size() >= MAX_TURNS) {
                throw RefusedException.malformed(
                        "more than " + MAX_TURNS + " elements in " + field.name() + " at byte " + tokens.start());
            }
            found.add(readTurn());
        }
        turns = found;
        tokens.next();
    }

    private Turn readTurn() {
        int from = tokens.start();
        int before = meter.textBytes();
        String role = null;
        String type = "";
        tokens.next();
        while (tokens.is(Token.NAME)) {
            String name = tokens.name();
            int at = tokens.start();
            tokens.next();
            if (tokens.is(Token.STRING) && name.equals("role")) {
                if (role != null) {
                    throw UniqueNames.repeated(name, at);
                }
                role = tokens.text();
                tokens.next();
            } else if (tokens.is(Token.STRING) && name.equals("type")) {
                type = tokens.text();
                tokens.next();
            } else {
                meter.readMember(name, false);
            }
        }
        int to = tokens.start() + 1;
        tokens.next();
        return new Turn(role == null ? type : role, new Span(from, to), meter.textBytes() - before);
    }

    private void expect(Field field, boolean asExpected) {
        if (!asExpected) {
            throw RefusedException.malformed(field.name() + " at byte " + tokens.start() + " is " + shown()
                    + "; expected " + field.kind().expected());
        }
    }

    /** What stands here, for a message. */
    private String shown() {
        Token token = tokens.token();
        if (token == null) {
            return "blank";
        }
        return token == Token.WHOLE || token == Token.FRACTION ? Shown.number(tokens.text()) : token.shown();
    }
}
