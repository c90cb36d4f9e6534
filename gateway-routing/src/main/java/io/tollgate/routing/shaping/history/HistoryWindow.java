package io.tollgate.routing.shaping.history;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import io.tollgate.routing.shaping.history.TurnLook.Seen;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which turns of a conversation are left out: those between the first user turn and the latest ones, so that what is sent
 * keeps within a {@link HistoryLimit}. System turns and the first user turn stay. The window begins only where a step of
 * the conversation begins, so that no call loses its result, nor a result its call; the last step stays whatever its
 * size. Where turns must alternate, a window that begins with a user's turn has the answer to the first turn before it.
 * Pure, for any thread.
 */
public final class HistoryWindow {
    private static final int TURN_TOKENS = 4;
    private static final List<String> KEPT_ELSEWHERE = List.of("previous_response_id", "conversation");

    private final List<Turn> turns;
    private final List<Seen> seen;
    private final HistoryLimit limit;
    private final double tokensPerByte;
    private final int opening;
    private final int answer;
    private final boolean alternating;
    /** How many turns stand before each that do not stay anyway, and their tokens. */
    private final int[] turnsBefore;

    private final double[] tokensBefore;

    private HistoryWindow(
            List<Turn> turns, List<Seen> seen, HistoryLimit limit, double tokensPerByte, boolean alternating) {
        this.turns = turns;
        this.seen = seen;
        this.limit = limit;
        this.tokensPerByte = tokensPerByte;
        this.alternating = alternating;
        int first = 0;
        while (first < seen.size() && kind(first) != TurnKind.USER) {
            first++;
        }
        this.opening = first;
        this.answer = answer();
        this.turnsBefore = new int[seen.size() + 1];
        this.tokensBefore = new double[seen.size() + 1];
        for (int i = 0; i < seen.size(); i++) {
            boolean kept = kind(i) == TurnKind.KEPT;
            turnsBefore[i + 1] = turnsBefore[i] + (kept ? 0 : 1);
            tokensBefore[i + 1] = tokensBefore[i] + (kept ? 0 : tokens(turns.get(i), tokensPerByte));
        }
    }

    /**
     * The turns that go, by index; none where all may stay.
     *
     * @param tokensPerByte of text, estimated
     * @param alternating whether the provider wants user and model to take turns
     */
    public static BitSet dropped(
            RequestFacts facts, RequestBody body, HistoryLimit limit, double tokensPerByte, boolean alternating) {
        List<Turn> turns = facts.turns();
        boolean elsewhere =
                KEPT_ELSEWHERE.stream().anyMatch(name -> facts.members().get(name) != null);
        if (elsewhere || turns.size() < 2 || !exceeds(turns, limit, tokensPerByte)) {
            return new BitSet();
        }
        List<Seen> seen = new ArrayList<>(turns.size());
        for (Turn turn : turns) {
            seen.add(TurnLook.at(body, turn));
        }
        HistoryWindow window = new HistoryWindow(turns, seen, limit, tokensPerByte, alternating);
        return window.opening == seen.size() ? new BitSet() : window.dropped();
    }

    /** The first user turn, which always stays; null where there is none. */
    public static @Nullable Turn opening(RequestFacts facts, RequestBody body) {
        for (Turn turn : facts.turns()) {
            if (TurnLook.at(body, turn).kind() == TurnKind.USER) {
                return turn;
            }
        }
        return null;
    }

    /** Whether there may be something to leave out, told without a look at the turns. */
    public static boolean exceeds(List<Turn> turns, HistoryLimit limit, double tokensPerByte) {
        if (turns.size() > limit.turns()) {
            return true;
        }
        if (limit.tokens() == Long.MAX_VALUE) {
            return false;
        }
        double tokens = 0;
        for (Turn turn : turns) {
            tokens += tokens(turn, tokensPerByte);
        }
        return tokens > limit.tokens();
    }

    /** What these turns come to, estimated. */
    public static long tokens(List<Turn> turns, BitSet of, double tokensPerByte) {
        double tokens = 0;
        for (int i = of.nextSetBit(0); i >= 0; i = of.nextSetBit(i + 1)) {
            tokens += tokens(turns.get(i), tokensPerByte);
        }
        return Math.round(tokens);
    }

    private static double tokens(Turn turn, double tokensPerByte) {
        return turn.textBytes() * tokensPerByte + TURN_TOKENS;
    }

    /** The edits that take these turns out of their list, each with the comma behind it. The last turn is never among them. */
    public static List<BodyEdit> edits(List<Turn> turns, BitSet dropped) {
        List<BodyEdit> edits = new ArrayList<>();
        for (int i = dropped.nextSetBit(0); i >= 0; ) {
            int next = dropped.nextClearBit(i);
            edits.add(BodyEdit.delete(
                    new Span(turns.get(i).span().start(), turns.get(next).span().start())));
            i = dropped.nextSetBit(next);
        }
        return edits;
    }

    private TurnKind kind(int turn) {
        return seen.get(turn).kind();
    }

    /** The turn that answers the opening in words, if one does before the user speaks again; else -1. */
    private int answer() {
        int next = opening + 1;
        while (next < seen.size() && kind(next) != TurnKind.USER) {
            next++;
        }
        int last = next - 1;
        return next < seen.size()
                        && last > opening
                        && kind(last) == TurnKind.MODEL
                        && !seen.get(last).calls()
                ? last
                : -1;
    }

    private BitSet dropped() {
        int chosen = -1;
        int going = 0;
        int wanted = -1;
        for (int start : starts()) {
            int count = count(start);
            if (count <= going || count < wanted) {
                continue;
            }
            chosen = start;
            going = count;
            if (wanted >= 0) {
                break;
            }
            if (fits(start)) {
                wanted = Math.ceilDiv(count, limit.step()) * limit.step();
                if (count >= wanted) {
                    break;
                }
            }
        }
        return chosen < 0 ? new BitSet() : before(chosen);
    }

    /** Where a window may begin, the earliest first. */
    private List<Integer> starts() {
        boolean[] inside = betweenCallsAndResults();
        List<Integer> starts = new ArrayList<>();
        TurnKind before = TurnKind.KEPT;
        for (int i = 0; i < seen.size(); i++) {
            TurnKind kind = kind(i);
            boolean step = kind == TurnKind.USER || (kind == TurnKind.MODEL && before != TurnKind.MODEL);
            boolean fitting = !alternating || kind == TurnKind.MODEL || answer >= 0;
            if (i > opening && step && fitting && !inside[i]) {
                starts.add(i);
            }
            before = kind == TurnKind.KEPT ? before : kind;
        }
        return starts;
    }

    /** Where a window would begin behind a call whose result it has. */
    private boolean[] betweenCallsAndResults() {
        int[] change = new int[seen.size() + 1];
        Map<String, Integer> calls = new HashMap<>();
        for (int i = 0; i < seen.size(); i++) {
            int from = i;
            for (String id : seen.get(i).answered()) {
                from = Math.min(from, calls.getOrDefault(id, i));
            }
            change[from + 1]++;
            change[i + 1]--;
            for (String id : seen.get(i).called()) {
                calls.put(id, i);
            }
        }
        boolean[] inside = new boolean[seen.size()];
        int open = 0;
        for (int i = 0; i < inside.length; i++) {
            open += change[i];
            inside[i] = open > 0;
        }
        return inside;
    }

    private boolean bridged(int start) {
        return alternating && kind(start) == TurnKind.USER;
    }

    private BitSet before(int start) {
        BitSet dropped = new BitSet();
        for (int i = 0; i < start; i++) {
            if (i != opening && kind(i) != TurnKind.KEPT && !(bridged(start) && i == answer)) {
                dropped.set(i);
            }
        }
        return dropped;
    }

    /** How many turns go before a window that begins here. */
    private int count(int start) {
        return turnsBefore[start] - 1 - (bridged(start) ? 1 : 0);
    }

    private boolean fits(int start) {
        int all = seen.size();
        int count = turnsBefore[all] - count(start) - 1; // the opening stands beside the window
        double tokens = tokensBefore[all] - tokensBefore[start] + tokens(turns.get(opening), tokensPerByte);
        if (bridged(start)) {
            tokens += tokens(turns.get(answer), tokensPerByte);
        }
        return count <= limit.turns() && tokens <= limit.tokens();
    }
}
