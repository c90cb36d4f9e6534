package io.tollgate.core.tokens.learned;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.tokens.ModelFamily;
import org.jspecify.annotations.Nullable;

/**
 * A guess of a prompt's tokens from sizes the first reading of a request finds anyway: bytes of text by the family's
 * ratio, and constants per turn, for tools and per image, fitted to recorded answers. Some nanoseconds; for event loops.
 */
final class SizeGuess {
    private static final double TOOL_BYTES_PER_TOKEN = 4.5;
    private static final int TURN = 4;
    private static final int BASE = 4;

    private SizeGuess() {}

    static long tokens(Endpoint endpoint, RequestFacts facts, RequestBody body, ModelFamily family) {
        if (endpoint.operation() == Operation.TUNNEL) {
            return 1 + (long) (body.length() / family.bytesPerToken());
        }
        long tools = facts.tools() == 0
                ? 0
                : length(facts.members().get("tools"), facts.members().get("functions"));
        long text = Math.max(0, facts.textBytes() - tools);
        double tokens = text / family.bytesPerToken()
                + tools / TOOL_BYTES_PER_TOKEN
                + BASE
                + TURN * (double) facts.turns().size()
                + (facts.tools() == 0 ? 0 : family.toolPrompt())
                + (double) family.image() * facts.images();
        return Math.max(1, Math.round(tokens));
    }

    private static long length(@Nullable Member tools, @Nullable Member functions) {
        long bytes = tools == null ? 0 : tools.value().length();
        return functions == null ? bytes : bytes + functions.value().length();
    }
}
