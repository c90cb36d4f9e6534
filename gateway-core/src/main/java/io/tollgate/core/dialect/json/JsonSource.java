package io.tollgate.core.dialect.json;

import io.tollgate.core.json.JsonTokenizer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * The one JSON factory for everything that comes from outside: strict RFC 8259, UTF-8 only, with limits that let a
 * 64 MiB body with images through and stop what only an attacker sends. Thread-safe.
 */
public final class JsonSource {
    /** How deep a document may nest. */
    public static final int MAX_DEPTH = JsonTokenizer.MAX_DEPTH;

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

    /** A parser over bytes of an answer. The caller closes it. */
    public static JsonParser open(byte[] lent, int offset, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), lent, offset, length);
    }
}
