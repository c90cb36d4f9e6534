package io.tollgate.routing.shaping.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Decides what stays of some texts, in whole sentences, in their order. Pure; time grows with the texts. */
public final class Shortening {
    private final List<String> texts;
    private final Pieces cut = new Pieces();
    private final List<Piece> pieces;
    private final int[] cost;
    private final boolean[] kept;
    private final String question;
    private long left;

    /**
     * Characters that go, and what takes their place.
     *
     * @param text which text
     */
    public record Gap(int text, int from, int to, String note) {}

    private Shortening(List<String> texts, int asking) {
        this.texts = texts;
        Asked asked = asking < 0 ? new Asked("", List.of()) : Asked.in(texts.get(asking));
        question = asked.question();
        for (int i = 0; i < texts.size(); i++) {
            cut.add(i, texts.get(i), i == asking ? asked.pins() : List.of());
        }
        pieces = cut.all();
        cost = new int[pieces.size()];
        kept = new boolean[pieces.size()];
        for (int i = 0; i < cost.length; i++) {
            Piece piece = pieces.get(i);
            cost[i] = piece.in(texts.get(piece.source())).getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /**
     * What goes so that {@code bytes} of UTF-8 stay; what must stay may be more.
     *
     * @param asking which text has the question, or -1
     */
    public static List<Gap> gaps(List<String> texts, int asking, long bytes, Strategy strategy) {
        Shortening shortening = new Shortening(texts, asking);
        shortening.choose(bytes, strategy);
        return shortening.gaps(strategy == Strategy.PARAGRAPHS);
    }

    private void choose(long bytes, Strategy strategy) {
        left = bytes;
        for (int i = 0; i < kept.length; i++) {
            if (pieces.get(i).pinned()) {
                keep(i);
            }
        }
        long room = left;
        switch (strategy) {
            case START -> backwards(room);
            case END -> forwards(room);
            case MIDDLE -> {
                forwards(room / 2);
                backwards(left);
            }
            case PARAGRAPHS -> paragraphs(room);
            case RELEVANT -> relevant();
        }
    }

    private void keep(int i) {
        if (!kept[i]) {
            kept[i] = true;
            left -= cost[i];
        }
    }

    private void forwards(long room) {
        long most = left - room;
        for (int i = 0; i < kept.length && (kept[i] || left - cost[i] >= most); i++) {
            keep(i);
        }
    }

    private void backwards(long room) {
        long most = left - room;
        for (int i = kept.length - 1; i >= 0 && (kept[i] || left - cost[i] >= most); i--) {
            keep(i);
        }
    }

    private void paragraphs(long room) {
        long all = IntStream.of(cost).asLongStream().sum();
        long[] shares = {Math.min(all * 2 / 5, room * 2 / 3), Math.min(all / 5, room / 3)};
        long before = left;
        int first = 0;
        for (; first < cut.blocks() && before - left + blockCost(first) <= shares[0]; first++) {
            keepBlock(first);
        }
        before = left;
        for (int last = cut.blocks() - 1; last >= first && before - left + blockCost(last) <= shares[1]; last--) {
            keepBlock(last);
        }
    }

    private long blockCost(int block) {
        return IntStream.range(0, cost.length)
                .filter(i -> pieces.get(i).block() == block && !kept[i])
                .mapToLong(i -> cost[i])
                .sum();
    }

    private void keepBlock(int block) {
        for (int i = 0; i < cost.length; i++) {
            if (pieces.get(i).block() == block) {
                keep(i);
            }
        }
    }

    private void relevant() {
        double[] scores = Relevance.scores(texts, pieces, cut.blocks(), question);
        int[] order = IntStream.range(0, scores.length)
                .filter(i -> !pieces.get(i).head() && !kept[i])
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparingInt(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] heads = new int[cut.blocks()];
        java.util.Arrays.fill(heads, -1);
        for (int i = 0; i < kept.length; i++) {
            if (pieces.get(i).head()) {
                heads[pieces.get(i).block()] = i;
            }
        }
        for (int i : order) {
            int head = heads[pieces.get(i).block()];
            int needed = cost[i] + (head >= 0 && !kept[head] ? cost[head] : 0);
            if (needed <= left) {
                keep(i);
                if (head >= 0) {
                    keep(head);
                }
            }
        }
    }

    private List<Gap> gaps(boolean noted) {
        List<Gap> gaps = new ArrayList<>();
        Set<Integer> some = new HashSet<>();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                some.add(pieces.get(i).source());
            }
        }
        for (int i = 0; i < kept.length; ) {
            int to = i;
            Set<Integer> blocks = new HashSet<>();
            while (to < kept.length
                    && !kept[to]
                    && pieces.get(to).source() == pieces.get(i).source()) {
                blocks.add(pieces.get(to).block());
                to++;
            }
            if (to == i) {
                i++;
                continue;
            }
            Piece first = pieces.get(i);
            String note = noted ? "[" + blocks.size() + " paragraphs left out]\n\n" : "";
            String instead = some.contains(first.source()) ? note : "[left out]";
            gaps.add(new Gap(first.source(), first.from(), end(i, to), instead));
            i = to;
        }
        return gaps;
    }

    /** Where what is left out ends: before the line's end where what stays before it would run into what follows. */
    private int end(int from, int to) {
        Piece last = pieces.get(to - 1);
        String text = texts.get(last.source());
        boolean joins = from > 0
                && to < kept.length
                && pieces.get(from - 1).source() == last.source()
                && pieces.get(to).source() == last.source()
                && text.charAt(pieces.get(from - 1).to() - 1) != '\n';
        int end = last.to();
        if (joins && text.charAt(end - 1) == '\n') {
            while (end - 1 > last.from() && text.charAt(end - 1) <= ' ') {
                end--;
            }
        }
        return end;
    }
}
