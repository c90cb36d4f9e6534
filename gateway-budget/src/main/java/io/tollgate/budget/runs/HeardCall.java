package io.tollgate.budget.runs;

import io.tollgate.core.dialect.toolcalls.ToolCall;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tool call as a request's history tells it. The history is sent again with every step, so a call has a mark by which
 * it is known again: its id, tool and arguments as they are written, and how many such calls stand before it.
 */
final class HeardCall {
    private final ToolCall call;
    private final RequestBody body;
    private final long identity;
    private final int occurrence;
    private boolean ambiguous;
    private boolean hashed;
    private long fingerprint;

    private HeardCall(ToolCall call, RequestBody body, long identity, int occurrence) {
        this.call = call;
        this.body = body;
        this.identity = identity;
        this.occurrence = occurrence;
        this.ambiguous = call.id() == null;
    }

    /** The calls, in their order. */
    static List<HeardCall> of(List<ToolCall> calls, RequestBody body) {
        List<HeardCall> heard = new ArrayList<>(calls.size());
        Map<Long, HeardCall> latest = new HashMap<>();
        for (ToolCall call : calls) {
            long identity = identity(call, body);
            HeardCall before = latest.get(identity);
            HeardCall next = new HeardCall(call, body, identity, before == null ? 1 : before.occurrence + 1);
            next.ambiguous |= before != null;
            latest.put(identity, next);
            heard.add(next);
        }
        return heard;
    }

    private static long identity(ToolCall call, RequestBody body) {
        String id = call.id();
        long identity = Fingerprint.mix(id == null ? 0 : Fingerprint.of(id), Fingerprint.of(call.name()));
        Span arguments = call.arguments();
        return arguments == null
                ? identity
                : Fingerprint.mix(
                        identity, Fingerprint.of(body.array(), body.offset() + arguments.start(), arguments.length()));
    }

    /** The mark of the {@code n}-th such call. */
    long mark(int n) {
        return Fingerprint.mix(identity, n);
    }

    int occurrence() {
        return occurrence;
    }

    /**
     * Whether the last answer made it and nothing tells it from an earlier one: where calls have no ids and a client
     * sends only the end of its history, a call made again looks like one that was counted.
     */
    boolean isNewThoughKnown() {
        return ambiguous && call.latest();
    }

    boolean isLatest() {
        return call.latest();
    }

    String tool() {
        return call.name();
    }

    /** Whether it is known what was called: of calls that a provider keeps, only results are seen. */
    boolean isKnownTool() {
        return !call.name().isEmpty();
    }

    /** Tool and canonical arguments. Costs a pass over the arguments, once: asked for only where a call is new. */
    long fingerprint() {
        if (!hashed) {
            fingerprint = Fingerprint.mix(
                    Fingerprint.of(call.name()), CanonicalArguments.fingerprint(body, call.arguments()));
            hashed = true;
        }
        return fingerprint;
    }
}
