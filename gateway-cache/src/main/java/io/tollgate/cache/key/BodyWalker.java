package io.tollgate.cache.key;

import io.tollgate.cache.key.Canonical.TextProbe;
import io.tollgate.cache.key.RequestRules.Place;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a body, by the tokenizer that reads every request: it says where values stand and that they are
 * well-formed, the canonical form is made from the bytes that stand there. Reused; one thread. Nesting is bounded by the
 * tokenizer.
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
     * @throws io.tollgate.core.error.RefusedException when it is not JSON
     */
    void walk(RequestBody of, RequestRules by, boolean varietyWanted) {
        this.body = of;
        this.rules = by;
        this.variety = varietyWanted;
        this.top = 0;
        JsonTokenizer tokens = new JsonTokenizer(of);
        tokens.next();
        if (!tokens.is(Token.START_OBJECT)) {
            throw new BypassException(BypassReason.MALFORMED);
        }
        object(tokens, by.root(), null);
        tokens.next();
    }

    /** Begins on the object's first token, ends on its last. Answers how many members it has. */
    private int object(JsonTokenizer tokens, @Nullable Place place, @Nullable String parent) {
        int opened = canonical.open('{');
        int base = top;
        int size = 0;
        tokens.next();
        while (tokens.is(Token.NAME)) {
            size++;
            String name = tokens.name();
            Place inner = place == null ? null : place.inner(name);
            if (inner != null && inner.isLeftOut()) {
                tokens.next();
                tokens.skip();
                continue;
            }
            push(canonical.out().size());
            canonical.string(body.array(), position(tokens) + 1, limit(), TextProbe.NONE);
            tokens.next();
            value(tokens, inner, name, watch(inner, name, parent));
            tokens.next();
        }
        int count = top - base;
        int[] starts = Arrays.copyOfRange(members, base, top);
        top = base;
        canonical.closeObject(opened, starts, count);
        return size;
    }

    /** Answers how many elements it has that are not numbers: a list of token ids is one text. */
    private int array(JsonTokenizer tokens, @Nullable Place place, @Nullable String name, @Nullable Watch watch) {
        int opened = canonical.open('[');
        int size = 0;
        tokens.next();
        while (!tokens.is(Token.END_ARRAY)) {
            size += tokens.is(Token.WHOLE) || tokens.is(Token.FRACTION) ? 0 : 1;
            value(tokens, place, name, watch);
            tokens.next();
        }
        canonical.close(opened);
        return size;
    }

    /** Begins on the value's first token, ends on its last. */
    private void value(JsonTokenizer tokens, @Nullable Place place, @Nullable String name, @Nullable Watch watch) {
        switch (Objects.requireNonNull(tokens.token(), "a value's token")) {
            case START_OBJECT -> container(object(tokens, place, name), watch);
            case START_ARRAY -> container(array(tokens, place, name, watch), watch);
            case STRING ->
                canonical.string(
                        body.array(), position(tokens) + 1, limit(), watch == null ? TextProbe.NONE : watch::text);
            case WHOLE, FRACTION -> {
                int sign = canonical.number(body.array(), position(tokens), limit());
                if (watch != null) {
                    watch.number(sign);
                }
            }
            case TRUE -> flag('T', true, watch);
            case FALSE -> flag('F', false, watch);
            default -> canonical.literal('0');
        }
    }

    private void flag(char kind, boolean value, @Nullable Watch watch) {
        canonical.literal(kind);
        if (watch != null) {
            watch.flag(value);
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

    private int position(JsonTokenizer tokens) {
        return body.offset() + tokens.start();
    }

    private int limit() {
        return body.offset() + body.length();
    }
}
