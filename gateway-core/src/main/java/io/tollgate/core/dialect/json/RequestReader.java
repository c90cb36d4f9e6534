package io.tollgate.core.dialect.json;

import io.tollgate.core.dialect.Members;
import io.tollgate.core.dialect.Members.Member;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.dialect.json.Layout.Field;
import io.tollgate.core.dialect.json.Layout.Kind;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a request's body in one pass of a streaming parser: the members a {@link Layout} names, the conversation, and
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
    private final Cursor cursor;
    private final TextMeter meter;
    private List<Turn> turns = List.of();

    private RequestReader(Layout root, Cursor cursor) {
        this.root = root;
        this.cursor = cursor;
        this.meter = new TextMeter(root, cursor);
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
        try (JsonParser parser = JsonSource.open(body)) {
            return new RequestReader(layout, new Cursor(body, parser)).readRoot();
        } catch (JacksonException e) {
            throw JsonSource.refusal(e, body.length());
        }
    }

    private ParsedRequest readRoot() {
        cursor.next();
        if (!cursor.is(JsonToken.START_OBJECT)) {
            throw RefusedException.malformed("the body is " + cursor.shown()
                    + (cursor.token() == null ? "" : " at byte " + cursor.start()) + "; expected a JSON object");
        }
        ParsedObject members = readMembers(root);
        cursor.next();
        if (cursor.token() != null) {
            throw RefusedException.malformed(
                    "the body goes on at byte " + cursor.start() + " behind its JSON object; expected nothing there");
        }
        return new ParsedRequest(members, turns, meter.textBytes(), meter.tools(), meter.images());
    }

    /** Stops on the object's own end, not behind it: the root has nothing behind. */
    private ParsedObject readMembers(Layout layout) {
        int open = cursor.start() + 1;
        List<Member> members = new ArrayList<>(FEW);
        Map<String, Object> values = new HashMap<>(FEW);
        UniqueNames names = new UniqueNames(layout);
        cursor.next();
        while (cursor.is(JsonToken.PROPERTY_NAME)) {
            String name = cursor.name();
            int nameStart = cursor.start();
            names.add(name, nameStart);
            cursor.next();
            int valueStart = cursor.start();
            Object value = readMember(layout.field(name), values);
            int end = cursor.endOfValueBefore();
            Members inner = value instanceof ParsedObject object ? object.members() : Members.NONE;
            members.add(new Member(name, new Span(nameStart, end), new Span(valueStart, end), inner));
        }
        return new ParsedObject(new Members(open, members), values);
    }

    private @Nullable Object readMember(@Nullable Field field, Map<String, Object> values) {
        if (field == null || cursor.is(JsonToken.VALUE_NULL)) {
            cursor.skip();
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
                cursor.next();
                return scalar;
            }
            case OBJECT -> {
                expect(field, cursor.is(JsonToken.START_OBJECT));
                ParsedObject object = readMembers(Objects.requireNonNull(field.nested()));
                cursor.next();
                return object;
            }
            case TURNS, TURNS_OR_TEXT -> {
                if (field.kind() == Kind.TURNS_OR_TEXT && cursor.is(JsonToken.VALUE_STRING)) {
                    meter.readText(true);
                } else {
                    readTurns(field);
                }
            }
            case TEXT -> meter.readText(true);
            case TOOLS -> {
                expect(field, cursor.is(JsonToken.START_ARRAY) || standsForList());
                meter.readTools();
            }
            case RAW_TEXT -> meter.readRaw();
        }
        return null;
    }

    /** The value that stands here, or null when it is not of this kind. */
    private @Nullable Object scalar(Kind kind) {
        if (kind == Kind.STRING) {
            return cursor.is(JsonToken.VALUE_STRING) ? cursor.text() : null;
        }
        if (kind == Kind.FLAG) {
            boolean flag = cursor.is(JsonToken.VALUE_TRUE) || cursor.is(JsonToken.VALUE_FALSE);
            return flag ? (Object) cursor.is(JsonToken.VALUE_TRUE) : null;
        }
        long whole = cursor.whole();
        boolean lenient = whole < 0
                && root.isProtocolBuffers()
                && (cursor.is(JsonToken.VALUE_STRING) || cursor.is(JsonToken.VALUE_NUMBER_FLOAT));
        if (lenient) {
            Matcher matcher = WHOLE.matcher(cursor.text());
            whole = matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
        }
        return whole < 0 ? null : (Object) whole;
    }

    /** Whether one element stands where a list is expected and counts as a list of one. */
    private boolean standsForList() {
        return root.isProtocolBuffers() && cursor.is(JsonToken.START_OBJECT);
    }

    private void readTurns(Field field) {
        if (standsForList()) {
            turns = List.of(readTurn());
            return;
        }
        expect(field, cursor.is(JsonToken.START_ARRAY));
        List<Turn> found = new ArrayList<>(FEW);
        cursor.next();
        while (!cursor.is(JsonToken.END_ARRAY)) {
            if (!cursor.is(JsonToken.START_OBJECT)) {
                throw RefusedException.malformed(field.name() + "[" + found.size() + "] at byte " + cursor.start()
                        + " is " + cursor.shown() + "; expected an object");
            }
            if (found.size() >= MAX_TURNS) {
                throw RefusedException.malformed(
                        "more than " + MAX_TURNS + " elements in " + field.name() + " at byte " + cursor.start());
            }
            found.add(readTurn());
        }
        turns = found;
        cursor.next();
    }

    private Turn readTurn() {
        int from = cursor.start();
        int before = meter.textBytes();
        String role = null;
        String type = "";
        cursor.next();
        while (cursor.is(JsonToken.PROPERTY_NAME)) {
            String name = cursor.name();
            int at = cursor.start();
            cursor.next();
            if (cursor.is(JsonToken.VALUE_STRING) && name.equals("role")) {
                if (role != null) {
                    throw UniqueNames.repeated(name, at);
                }
                role = cursor.text();
                cursor.next();
            } else if (cursor.is(JsonToken.VALUE_STRING) && name.equals("type")) {
                type = cursor.text();
                cursor.next();
            } else {
                meter.readMember(name, false);
            }
        }
        int to = cursor.start() + 1;
        cursor.next();
        return new Turn(role == null ? type : role, new Span(from, to), meter.textBytes() - before);
    }

    private void expect(Field field, boolean asExpected) {
        if (!asExpected) {
            throw RefusedException.malformed(field.name() + " at byte " + cursor.start() + " is " + cursor.shown()
                    + "; expected " + field.kind().expected());
        }
    }
}
