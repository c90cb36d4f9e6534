package io.tollgate.routing.promptcache;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells conversations whose first turn changed, so that nothing behind it is read from the provider's cache: all turns of
 * a request that was cached come again behind the same tools and system prompt, but for the first one, in a longer
 * request. Not synchronized; bounded: the latest {@value #MOST} requests that were cached.
 */
final class Openings {
    static final int MOST = 10_000;
    /** How many turns a conversation may grow by from request to request. */
    private static final int MOST_NEW = 6;

    private static final int NOT_FOUND = -1;

    private final Map<Long, Cached> byTurns = eldestLeave();
    private final Map<Long, Cached> behindFirst = eldestLeave();

    private record Cached(long bytes, long nanos) {}

    /**
     * A request's turns by what has come so far.
     *
     * @param all a hash of all up to each
     * @param others a hash of all up to each but the first
     * @param bytes of all
     */
    record Turns(long[] all, long[] others, long bytes) {
        private int last() {
            return all.length - 1;
        }
    }

    private static Map<Long, Cached> eldestLeave() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Cached> eldest) {
                return size() > MOST;
            }
        };
    }

    /** Reads a request's turns; {@code scope} is who asks what model. */
    static Turns read(RequestFacts facts, RequestBody body, long scope) {
        long before = scope;
        for (String name : new String[] {"tools", "system"}) {
            Member member = facts.members().get(name);
            before = member == null ? Hash.of(before, name) : Hash.of(before, body, member.value());
        }
        List<Turn> turns = facts.turns();
        long[] all = new long[turns.size()];
        long[] others = new long[turns.size()];
        long bytes = 0;
        long hash = before;
        long behind = before;
        for (int i = 0; i < all.length; i++) {
            long turn = Hash.of(Hash.START, body, turns.get(i).span());
            hash = Hash.of(hash, turn);
            behind = i == 0 ? behind : Hash.of(behind, turn);
            all[i] = hash;
            others[i] = behind;
            bytes += turns.get(i).span().length();
        }
        return new Turns(all, others, bytes);
    }

    /** What a request had in the cache that this one is the continuation of but for its first turn, in bytes; else 0. */
    long lost(Turns turns, long nanos) {
        int ended = ended(byTurns, turns.all(), turns, nanos);
        if (ended != NOT_FOUND) {
            return 0; // it goes on as it was
        }
        ended = ended(behindFirst, turns.others(), turns, nanos);
        Cached before = ended == NOT_FOUND ? null : behindFirst.get(turns.others()[ended]);
        return before == null ? 0 : before.bytes();
    }

    /** The turn at which an earlier request ended whose prefix still lives. */
    private static int ended(Map<Long, Cached> known, long[] hashes, Turns turns, long nanos) {
        for (int i = turns.last() - 1; i > 0 && i >= turns.last() - MOST_NEW; i--) {
            @Nullable Cached before = known.get(hashes[i]);
            if (before != null && nanos - before.nanos() <= PrefixMemory.LIFETIME_NANOS) {
                return i;
            }
        }
        return NOT_FOUND;
    }

    /** A request's turns are in the provider's cache. */
    void cached(Turns turns, long nanos) {
        if (turns.last() > 0) { // of a first turn alone nothing comes again but itself
            Cached now = new Cached(turns.bytes(), nanos);
            byTurns.put(turns.all()[turns.last()], now);
            behindFirst.put(turns.others()[turns.last()], now);
        }
    }
}
