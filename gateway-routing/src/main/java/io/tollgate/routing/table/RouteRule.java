package io.tollgate.routing.table;

import java.util.List;

/**
 * Sends some calls to another model.
 *
 * @param name in {@code x-tollgate-route}, the ledger and the admin API
 * @param use models, or {@code provider/model}; the first that can serve the call is taken
 * @param sharePerMillion how many of a million sessions it is for
 */
public record RouteRule(String name, Conditions when, List<String> use, int sharePerMillion) {
    /** Copies. */
    public RouteRule {
        use = List.copyOf(use);
    }

    /** Whether a session or conversation lies within the share: always the same answer for the same one. */
    boolean includes(long conversation) {
        long mixed = (conversation ^ name.hashCode()) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return Long.remainderUnsigned(mixed ^ (mixed >>> 32), 1_000_000) < sharePerMillion;
    }
}
