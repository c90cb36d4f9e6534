package io.tollgate.routing.table;

import io.tollgate.core.provider.Target;
import java.util.List;

/**
 * Sends some calls to another model.
 *
 * @param name in {@code x-tollgate-route}, the ledger and the admin API
 * @param use models, or {@code provider/model}; the first that can serve the call is taken, then the others if it fails
 * @param sharePerMillion how many of a million sessions it is for
 * @param spread whether all of {@code use} are as good, also the one asked for: each conversation has its own first
 */
public record RouteRule(String name, Conditions when, List<String> use, int sharePerMillion, boolean spread) {
    /** In the order they are written. */
    public RouteRule(String name, Conditions when, List<String> use, int sharePerMillion) {
        this(name, when, use, sharePerMillion, false);
    }

    /** Copies. */
    public RouteRule {
        use = List.copyOf(use);
    }

    /** Whether a session or conversation lies within the share: always the same answer for the same one. */
    boolean includes(long conversation) {
        return Long.remainderUnsigned(mixed(conversation, name), 1_000_000) < sharePerMillion;
    }

    /**
     * Orders targets by what comes of the conversation and each one's name (rendezvous hashing): conversations spread
     * evenly, and when a target comes or goes no other's conversations move.
     */
    static void spread(List<Target> targets, long conversation) {
        targets.sort((one, other) ->
                Long.compareUnsigned(mixed(conversation, other.name()), mixed(conversation, one.name())));
    }

    private static long mixed(long conversation, String name) {
        long mixed = (conversation ^ name.hashCode()) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }
}
