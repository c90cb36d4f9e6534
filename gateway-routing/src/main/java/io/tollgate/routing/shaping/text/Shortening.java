package io.tollgate.routing.shaping.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Decides what stays of some texts, in whole sentences, in their order. Pure; time grows with the texts. */
public final class Shortening {
    private final List<char[]> texts;
    private final Pieces cut = new Pieces();
    private final List<Piece> pieces;
    private final int[] cost;
    private final boolean[] kept;
    private final String question;
    /** Where each block's pieces begin, and where the last one's end. */
    private final int[] blocks;

    private long left;

    /**
     * Characters that go, and what takes their place.
     *
     * @param text which text
     */
    public record Gap(int text, int from, int to, String note) {}

    private Shortening(List<String> texts, int asking) {
        this.texts = texts.stream().map(String::toCharArray).toList();
        Asked asked = asking < 0 ? new Asked("", List.of()) : Asked.in(texts.get(asking));
        question = asked.question();
        for (int i = 0; i < texts.size(); i++) {
            cut.add(i, this.texts.get(i), i == asking ? asked.pins() : List.of());
        }
        pieces = cut.all();
        cost = new int[pieces.size()];
        kept = new boolean[pieces.size()];
        blocks = new int[cut.blocks() + 1];
        for (int i = 0; i < cost.length; i++) {
            Piece piece = pieces.get(i);
            cost[i] = Chars.bytes(this.texts.get(piece.source()), piece.from(), piece.to());
            left += cost[i];
            blocks[piece.block() + 1] = i + 1;
        }
    }

    /**
     * What goes so that {@code bytes} of UTF-8 are left out, or a little more; less where much must stay.
     *
     * @param asking which text has the question, or -1
     */
    public static List<Gap> gaps(List<String> texts, int asking, long bytes, Strategy strategy) {
        Shortening shortening = new Shortening(texts, asking);
        shortening.left = Math.max(0, shortening.left - bytes);
        shortening.choose(strategy);
        return shortening.gaps(strategy == Strategy.PARAGRAPHS);
    }

    private void choose(Strategy strategy) {
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
        long bytes = 0;
        for (int i = blocks[block]; i < blocks[block + 1]; i++) {
            bytes += kept[i] ? 0 : cost[i];
        }
        return bytes;
    }

    private void keepBlock(int block) {
        for (int i = blocks[block]; i < blocks[block + 1]; i++) {
            keep(i);
        }
    }

    private void relevant() {
        if (left == 0) {
            return;
        }
        double[] scores = Relevance.scores(texts, pieces, cut.blocks(), question);
        Integer[] order = new Integer[kept.length];
        int ordered = 0;
        for (int i = 0; i < kept.length; i++) {
            if (!pieces.get(i).head() && !kept[i]) {
                order[ordered++] = i;
            }
        }
        Arrays.sort(order, 0, ordered, Comparator.comparingDouble(i -> -scores[i])); // stable
        for (int next = 0; next < ordered; next++) {
            int i = order[next];
            int head = blocks[pieces.get(i).block()]; // a heading is the first of its block
            boolean headed = pieces.get(head).head();
            int needed = cost[i] + (headed && !kept[head] ? cost[head] : 0);
            if (needed <= left) {
                keep(i);
                if (headed) {
                    keep(head);
                }
            }
        }
    }

    private List<Gap> gaps(boolean noted) {
        List<Gap> gaps = new ArrayList<>();
        boolean[] some = new boolean[texts.size()];
        for (int i = 0; i < kept.length; i++) {
            some[pieces.get(i).source()] |= kept[i];
        }
        for (int i = 0; i < kept.length; ) {
            Piece first = pieces.get(i);
            int to = i;
            int block = -1;
            int paragraphs = 0;
            while (to < kept.length && !kept[to] && pieces.get(to).source() == first.source()) {
                paragraphs += pieces.get(to).block() == block ? 0 : 1;
                block = pieces.get(to).block();
                to++;
            }
            if (to > i) {
                String note = noted ? "[" + paragraphs + " paragraphs left out]\n\n" : "";
                String instead = some[first.source()] ? note : "[left out]";
                gaps.add(new Gap(first.source(), first.from(), end(i, to), instead));
            }
            i = Math.max(to, i + 1);
        }
        return gaps;
    }

    /** Where what is left out ends: before the line's end where what stays before it would run into what follows. */
    private int end(int from, int to) {
        Piece last = pieces.get(to - 1);
        char[] text = texts.get(last.source());
        boolean joins = from > 0
                && to < kept.length
                && pieces.get(from - 1).source() == last.source()
                && pieces.get(to).source() == last.source()
                && text[pieces.get(from - 1).to() - 1] != '\n';
        int end = last.to();
        if (joins && text[end - 1] == '\n') {
            while (end - 1 > last.from() && text[end - 1] <= ' ') {
                end--;
            }
        }
        return end;
    }
}
