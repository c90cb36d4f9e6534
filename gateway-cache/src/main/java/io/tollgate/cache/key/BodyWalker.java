package io.tollgate.cache.key;

import io.tollgate.cache.key.Canonical.TextProbe;
import io.tollgate.cache.key.RequestRules.Place;
import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.http.RequestBody;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One pass of a streaming parser over a body: the parser says where values stand and that they are well-formed, the
 * canonical form is made from the bytes that stand there. Reused; one thread. Nesting is bounded by the parser.
 */
final class BodyWalker {
    private static final int FEW = 256;

    private final Canonical canonical;
    private int[] members = new int[FEW];
    private int top;
    private RequestBody body = RequestBody.EMPTY;
    private RequestRules rules = RequestRules.builder().build();
    private boolean variety;

    BodyWalker(Canonical canonical) {
        this.canonical = canonical;
    }

    /**
     * Writes the body's canonical form.
     *
     * @param varietyWanted whether a temperature above 0 is no reason to pass by
     * @throws BypassException as soon as something forbids to keep the answer
     * @throws tools.jackson.core.JacksonException when it is not JSON
     */
    void walk(RequestBody of, RequestRules by, boolean varietyWanted) {
        this.body = of;
        this.rules = by;
        this.variety = varietyWanted;
        this.top = 0;
        try (JsonParser parser = JsonSource.open(of.array(), of.offset(), of.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BypassException(BypassReason.MALFORMED);
            }
            object(parser, by.root(), null);
            if (parser.nextToken() != null) {
                throw new BypassException(BypassReason.MALFORMED);
            }
        } finally {
            this.body = RequestBody.EMPTY;
        }
    }

    /** Begins on the object's first token, ends on its last. Answers how many members it has. */
    private int object(JsonParser parser, @Nullable Place place, @Nullable String parent) {
        int opened = canonical.open('{');
        int base = top;
        int size = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            size++;
            String name = parser.currentName();
            Place inner = place == null ? null : place.inner(name);
            if (inner != null && inner.isLeftOut()) {
                parser.nextToken();
                parser.skipChildren();
                continue;
            }
            push(canonical.out().size());
            canonical.string(body.array(), position(parser) + 1, limit(), TextProbe.NONE);
            parser.nextToken();
            value(parser, inner, name, watch(inner, name, parent));
        }
        int count = top - base;
        int[] starts = Arrays.copyOfRange(members, base, top);
        top = base;
        canonical.closeObject(opened, starts, count);
        return size;
    }

    /** Answers how many elements it has that are not numbers: a list of token ids is one text. */
    private int array(JsonParser parser, @Nullable Place place, @Nullable String name, @Nullable Watch watch) {
        int opened = canonical.open('[');
        int size = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            size += parser.currentToken().isNumeric() ? 0 : 1;
            value(parser, place, name, watch);
        }
        canonical.close(opened);
        return size;
    }

    private void value(JsonParser parser, @Nullable Place place, @Nullable String name, @Nullable Watch watch) {
        JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT -> container(object(parser, place, name), watch);
            case START_ARRAY -> container(array(parser, place, name, watch), watch);
            case VALUE_STRING ->
                canonical.string(
                        body.array(), position(parser) + 1, limit(), watch == null ? TextProbe.NONE : watch::text);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                int sign = canonical.number(body.array(), position(parser), limit());
                if (watch != null) {
                    watch.number(sign);
                }
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                boolean value = token == JsonToken.VALUE_TRUE;
                canonical.literal(value ? 'T' : 'F');
                if (watch != null) {
                    watch.flag(value);
                }
            }
            default -> canonical.literal('0');
        }
    }

    private static void container(int size, @Nullable Watch watch) {
        if (watch != null) {
            watch.container(size);
        }
    }

    private @Nullable Watch watch(@Nullable Place inner, String name, @Nullable String parent) {
        Watch here = inner == null ? null : inner.watch();
        Watch watch = here != null ? here : rules.anywhere(name, parent);
        return variety && watch != null && watch.reason() == BypassReason.TEMPERATURE ? null : watch;
    }

    private void push(int start) {
        if (top == members.length) {
            members = Arrays.copyOf(members, top << 1);
        }
        members[top++] = start;
    }

    private int position(JsonParser parser) {
        return body.offset() + (int) parser.currentTokenLocation().getByteOffset();
    }

    private int limit() {
        return body.offset() + body.length();
    }
}
