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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * exists because the root is an object; a value's end is found by going back from there over comma and blanks.
 */
public final class RequestReader {
    private static final int MAX_MEMBERS = 1_000;
    private static final int MAX_TURNS = 100_000;
    private static final int FEW = 16;
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,18})(?:\\.0{1,18})?");
    private static final int BYTES_PER_TOKEN_ID = 4;

    private final RequestBody body;
    private final JsonParser parser;
    private List<Turn> turns = List.of();
    private @Nullable JsonToken token;
    private int textBytes;
    private int tools;
    private int images;

    private RequestReader(RequestBody body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
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
            return new RequestReader(body, parser).readRoot(layout);
        } catch (JacksonException e) {
            throw JsonSource.refusal(e, body.length());
        }
    }

    private ParsedRequest readRoot(Layout layout) {
        next();
        if (token != JsonToken.START_OBJECT) {
            throw RefusedException.malformed("the body is " + found() + (token == null ? "" : " at byte " + start())
                    + "; expected a JSON object");
        }
        ParsedObject root = readMembers(layout);
        next();
        if (token != null) {
            throw RefusedException.malformed(
                    "the body goes on at byte " + start() + " behind its JSON object; expected nothing there");
        }
        return new ParsedRequest(root, turns, textBytes, tools, images);
    }

    /** Stops on the object's own end, not behind it: the root has nothing behind. */
    private ParsedObject readMembers(Layout layout) {
        int open = start() + 1;
        List<Member> members = new ArrayList<>(FEW);
        Map<String, Object> values = new HashMap<>(FEW);
        Set<String> seen = Set.of();
        next();
        while (token == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int nameStart = start();
            seen = refuseRepeated(layout, members, seen, name, nameStart);
            next();
            int valueStart = start();
            Field field = layout.field(name);
            Object value = field == null || token == JsonToken.VALUE_NULL ? skip() : readField(layout, field);
            if (value != null && field != null) {
                values.put(field.name(), value);
            }
            int end = endBefore(start());
            Members inner = value instanceof ParsedObject object ? object.members() : Members.NONE;
            members.add(new Member(name, new Span(nameStart, end), new Span(valueStart, end), inner));
        }
        return new ParsedObject(new Members(open, members), values);
    }

    private static Set<String> refuseRepeated(
            Layout layout, List<Member> members, Set<String> seen, String name, int at) {
        if (members.size() >= MAX_MEMBERS) {
            throw RefusedException.malformed("more than " + MAX_MEMBERS + " members in one object at byte " + at);
        }
        String canonical = layout.canonical(name);
        if (members.size() < FEW) {
            for (int i = 0; i < members.size(); i++) {
                if (layout.canonical(members.get(i).name()).equals(canonical)) {
                    throw repeated(name, at);
                }
            }
            return seen;
        }
        Set<String> names = seen;
        if (names.isEmpty()) {
            names = new HashSet<>(members.size() * 4);
            for (Member member : members) {
                names.add(layout.canonical(member.name()));
            }
        }
        if (!names.add(canonical)) {
            throw repeated(name, at);
        }
        return names;
    }

    private static RefusedException repeated(String name, int at) {
        return RefusedException.malformed(
                "duplicate key " + Shown.name(name) + " at byte " + at + "; expected every key once");
    }

    private @Nullable Object readField(Layout layout, Field field) {
        return switch (field.kind()) {
            case STRING -> {
                expect(field, token == JsonToken.VALUE_STRING);
                String value = parser.getString();
                next();
                yield value;
            }
            case FLAG -> {
                expect(field, token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE);
                Boolean value = token == JsonToken.VALUE_TRUE;
                next();
                yield value;
            }
            case INTEGER -> {
                long value = wholeNumber(layout);
                expect(field, value >= 0);
                next();
                yield value;
            }
            case OBJECT -> {
                expect(field, token == JsonToken.START_OBJECT && field.nested() != null);
                ParsedObject value = readMembers(Objects.requireNonNull(field.nested()));
                next();
                yield value;
            }
            case TURNS, TURNS_OR_TEXT -> {
                if (field.kind() == Kind.TURNS_OR_TEXT && token == JsonToken.VALUE_STRING) {
                    yield readText(layout);
                }
                yield readTurns(layout, field);
            }
            case TEXT -> readText(layout);
            case TOOLS -> readTools(layout, field);
            case RAW_TEXT -> {
                int from = start();
                skip();
                textBytes += endBefore(start()) - from;
                yield null;
            }
        };
    }

    /** The number that stands here; -1 when it is none or negative. */
    private long wholeNumber(Layout layout) {
        boolean number = token == JsonToken.VALUE_NUMBER_INT;
        if (number && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        boolean lenient = layout.isProtocolBuffers()
                && (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_FLOAT);
        Matcher matcher = WHOLE.matcher(lenient ? parser.getString() : "");
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private @Nullable Object readTurns(Layout layout, Field field) {
        if (token == JsonToken.START_OBJECT && layout.isProtocolBuffers()) {
            turns = List.of(readTurn(layout));
            return null;
        }
        expect(field, token == JsonToken.START_ARRAY);
        List<Turn> found = new ArrayList<>(FEW);
        next();
        while (token != JsonToken.END_ARRAY) {
            if (token != JsonToken.START_OBJECT) {
                throw RefusedException.malformed(field.name() + "[" + found.size() + "] at byte " + start() + " is "
                        + found() + "; expected an object");
            }
            if (found.size() >= MAX_TURNS) {
                throw RefusedException.malformed(
                        "more than " + MAX_TURNS + " elements in " + field.name() + " at byte " + start());
            }
            found.add(readTurn(layout));
        }
        turns = found;
        next();
        return null;
    }

    private Turn readTurn(Layout layout) {
        int from = start();
        int before = textBytes;
        String role = null;
        String type = "";
        next();
        while (token == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int at = start();
            next();
            if (token == JsonToken.VALUE_STRING && name.equals("role")) {
                if (role != null) {
                    throw repeated(name, at);
                }
                role = parser.getString();
                next();
            } else if (token == JsonToken.VALUE_STRING && name.equals("type")) {
                type = parser.getString();
                next();
            } else {
                readNamed(layout, name, false);
            }
        }
        int to = start() + 1;
        next();
        return new Turn(role == null ? type : role, new Span(from, to), textBytes - before);
    }

    private @Nullable Object readText(Layout layout) {
        readStrings(layout, true);
        return null;
    }

    /** Measures all strings below, in any nesting, but those of silent names and media. */
    private void readStrings(Layout layout, boolean tokenIds) {
        int depth = 0;
        do {
            if (token == JsonToken.VALUE_STRING) {
                readString();
            } else if (token == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                next();
                if (!opens() || !isText(layout, name)) {
                    readNamed(layout, name, tokenIds);
                }
            } else {
                if (opens()) {
                    depth++;
                } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                    depth--;
                } else if (tokenIds && token == JsonToken.VALUE_NUMBER_INT) {
                    textBytes += BYTES_PER_TOKEN_ID;
                }
                next();
            }
        } while (depth > 0);
    }

    private boolean opens() {
        return token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    }

    private static boolean isText(Layout layout, String name) {
        return !layout.isMedium(name) && !layout.isSilent(name);
    }

    private void readNamed(Layout layout, String name, boolean tokenIds) {
        if (layout.isMedium(name) && !layout.textTypes().isEmpty()) {
            readTypedMedium(layout, tokenIds);
        } else if (layout.isMedium(name)) {
            images += token == JsonToken.VALUE_NULL ? 0 : 1;
            skip();
        } else if (layout.isSilent(name)) {
            skip();
        } else {
            readStrings(layout, tokenIds);
        }
    }

    /** A medium whose type says, before or behind its contents, whether it is text. */
    private void readTypedMedium(Layout layout, boolean tokenIds) {
        if (token != JsonToken.START_OBJECT) {
            skip();
            return;
        }
        int before = textBytes;
        String type = "";
        next();
        while (token == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            next();
            if (token == JsonToken.VALUE_STRING && name.equals("type")) {
                type = parser.getString();
                next();
            } else {
                readNamed(layout, name, tokenIds);
            }
        }
        next();
        if (!layout.textTypes().contains(type)) {
            textBytes = before;
            images++;
        }
    }

    private void readString() {
        int from = start() + 1;
        next();
        int to = endBefore(start()) - 1;
        textBytes += JsonText.length(body.array(), body.offset() + from, body.offset() + to);
    }

    private @Nullable Object readTools(Layout layout, Field field) {
        if (token == JsonToken.START_OBJECT && layout.isProtocolBuffers()) {
            int start = start();
            readTool(layout);
            textBytes += endBefore(start()) - start;
            return null;
        }
        expect(field, token == JsonToken.START_ARRAY);
        int from = start();
        next();
        while (token != JsonToken.END_ARRAY) {
            readTool(layout);
        }
        textBytes += start() + 1 - from;
        next();
        return null;
    }

    private void readTool(Layout layout) {
        int before = tools;
        if (token == JsonToken.START_OBJECT) {
            next();
            while (token == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                next();
                if (token == JsonToken.START_ARRAY && layout.isToolList(name)) {
                    countElements();
                } else {
                    skip();
                }
            }
        }
        skip();
        tools = Math.max(tools, before + 1);
    }

    private void countElements() {
        next();
        while (token != JsonToken.END_ARRAY) {
            tools++;
            skip();
        }
        next();
    }

    private void expect(Field field, boolean asExpected) {
        if (!asExpected) {
            throw RefusedException.malformed(field.name() + " at byte " + start() + " is " + found() + "; expected "
                    + field.kind().expected());
        }
    }

    private String found() {
        boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        return number ? Shown.number(parser.getString()) : Shown.token(token);
    }

    private @Nullable Object skip() {
        parser.skipChildren();
        next();
        return null;
    }

    private void next() {
        token = parser.nextToken();
    }

    private int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** One past the last byte of what stands before {@code position}, comma and blanks aside. */
    private int endBefore(int position) {
        int at = body.offset() + position;
        while (isBetween(body.array()[at - 1])) {
            at--;
        }
        return at - body.offset();
    }

    private static boolean isBetween(byte b) {
        return b == ',' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
