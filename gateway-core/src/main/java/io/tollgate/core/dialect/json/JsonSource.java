package io.tollgate.core.dialect.json;

import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.RequestBody;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * The one JSON factory for everything that comes from outside: strict RFC 8259, UTF-8 only, with limits that let a
 * 64 MiB body with images through and stop what only an attacker sends. Thread-safe.
 */
public final class JsonSource {
    /** How deep a body may nest. */
    public static final int MAX_DEPTH = 500;

    private static final int MAX_NUMBER_LENGTH = 1_000;
    private static final int MAX_NAME_LENGTH = 50_000;

    /** Makes the parsers; buffers are recycled per thread, names are shared by all. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonSource() {}

    /** A parser over a request's body, which must be UTF-8 without a byte order mark. The caller closes it. */
    public static JsonParser open(RequestBody body) {
        refuseOtherEncodings(body);
        return FACTORY.createParser(ObjectReadContext.empty(), body.array(), body.offset(), body.length());
    }

    /** A parser over bytes of an answer. The caller closes it. */
    public static JsonParser open(byte[] lent, int offset, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), lent, offset, length);
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

    /** What is wrong and where, without any of the body's text. */
    static RefusedException refusal(JacksonException e, int length) {
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        String where = at < 0 ? "" : " at byte " + Math.min(at, length);
        if (e instanceof StreamConstraintsException) {
            return RefusedException.malformed("the body exceeds a limit for JSON" + where + ": at most " + MAX_DEPTH
                    + " levels, numbers of " + MAX_NUMBER_LENGTH + " digits and names of " + MAX_NAME_LENGTH
                    + " bytes are read");
        }
        if (e instanceof UnexpectedEndOfInputException) {
            return RefusedException.malformed(
                    "the body is not valid JSON: it ends at byte " + length + " inside an unfinished value");
        }
        return RefusedException.malformed("the body is not valid JSON: syntax error" + where);
    }
}
