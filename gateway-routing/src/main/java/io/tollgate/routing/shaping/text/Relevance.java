package io.tollgate.routing.shaping.text;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much each piece matters for a question: BM25 of its document and of itself against the question's words (rare ones
 * count more, those of a title twice), whether they stand together, and whether it has the kind of thing asked for. Each
 * word of a text is read once, into the number the question has for it.
 */
final class Relevance {
    private static final double DOC_K1 = 1.2;
    private static final double DOC_B = 0.4;
    private static final double K1 = 0.9;
    private static final double B = 0.3;
    private static final double COMMON = 0.15;
    private static final double TITLE = 2;
    private static final int MOST_NEAR = 64;

    private final List<char[]> texts;
    private final List<Piece> pieces;
    private final int blocks;
    private final Question question;
    private final Wanted wanted;
    private final IdLists words = new IdLists();
    private final IdLists titles = new IdLists();
    private final IdLists bodies = new IdLists();
    /** For each of the question's words; empty between uses. */
    private final double[] times;

    private final int[] counted;
    private int counts;
    private final int[] lastSeen;
    private final int[] near = new int[MOST_NEAR];

    private Relevance(List<char[]> texts, List<Piece> pieces, int blocks, String asked) {
        this.texts = texts;
        this.pieces = pieces;
        this.blocks = blocks;
        this.question = new Question(asked);
        this.wanted = Wanted.by(asked);
        this.times = new double[question.size()];
        this.counted = new int[question.size()];
        this.lastSeen = new int[question.size()];
        read();
    }

    /** A score for each piece; the higher the more it matters. */
    static double[] scores(List<char[]> texts, List<Piece> pieces, int blocks, String question) {
        return new Relevance(texts, pieces, blocks, question).scores();
    }

    private void read() {
        int block = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            for (; block < piece.block(); block++) {
                titles.end();
                bodies.end();
            }
            question.read(texts.get(piece.source()), piece.from(), piece.to(), words);
            words.end();
            if (!piece.pinned()) {
                IdLists list = piece.head() ? titles : bodies;
                for (int at = words.from(i); at < words.to(i); at++) {
                    list.add(words.at(at));
                }
            }
        }
        for (; block < blocks; block++) {
            titles.end();
            bodies.end();
        }
    }

    private double[] scores() {
        double[] byDocument = documentWeights();
        double[] bySentence = sentenceWeights();
        double sum = sum(byDocument);
        double sentenceSum = sum(bySentence);
        double averageBody = bodies.average();
        double averagePiece = words.average();
        double[] document = new double[blocks];
        double best = 1e-9;
        for (int i = 0; i < blocks; i++) {
            document[i] = document(byDocument, i, averageBody) / sum;
            best = Math.max(best, document[i]);
        }
        int[] rank = ranks(document);
        double[] scores = new double[pieces.size()];
        double ofBlock = 0;
        int block = -1;
        for (int i = 0; i < scores.length; i++) {
            Piece piece = pieces.get(i);
            boolean first =
                    piece.block() != block || (i > 0 && pieces.get(i - 1).head());
            double d = document[piece.block()];
            if (piece.block() != block) {
                block = piece.block();
                ofBlock = Weights.BASE
                        + Weights.DOCUMENT * d
                        + Weights.DOCUMENT_TO_BEST * d / best
                        + Weights.RANK / (1 + rank[block])
                        + Weights.DOCUMENT_PAIRS * question.pairs(byDocument, titles, bodies, block) / sum
                        + Weights.TITLE_ASKED * titleAsked(block);
            }
            double near = near(bySentence, i) / sentenceSum;
            double z = ofBlock
                    + Weights.COVERED * covered(bySentence, i, block) / sentenceSum
                    + Weights.PAIRS * question.pairs(bySentence, words, words, i) / sentenceSum
                    + Weights.NEAR * near
                    + (first ? Weights.FIRST : 0)
                    + Weights.LENGTH * Math.log(words.length(i) + 1.0) / 4
                    + wanted.in(texts.get(piece.source()), piece.from(), piece.to(), question)
                    + Weights.SENTENCE_AND_DOCUMENT * sentence(bySentence, i, averagePiece) / sentenceSum * d
                    + Weights.NEAR_AND_DOCUMENT * near * d;
            int length = piece.to() - piece.from();
            scores[i] = -Math.log1p(Math.exp(-z)) - Weights.COST * Math.log(length / 4.0 + 8);
        }
        return scores;
    }

    private static double sum(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum > 0 ? sum : 1;
    }

    private double[] documentWeights() {
        int[] frequency = new int[times.length];
        Arrays.fill(lastSeen, -1);
        for (int i = 0; i < blocks; i++) {
            count(titles, i, i, frequency);
            count(bodies, i, i, frequency);
        }
        double[] weights = new double[frequency.length];
        for (int id = 0; id < weights.length; id++) {
            double idf = idf(frequency[id], blocks);
            weights[id] = question.isCommon(id) ? idf * COMMON : idf + 0.3;
        }
        return weights;
    }

    private double[] sentenceWeights() {
        int[] frequency = new int[times.length];
        Arrays.fill(lastSeen, -1);
        int sentences = 0;
        for (int i = 0; i < pieces.size(); i++) {
            if (!pieces.get(i).head() && !pieces.get(i).pinned()) {
                count(words, i, i, frequency);
                sentences++;
            }
        }
        double[] weights = new double[frequency.length];
        for (int id = 0; id < weights.length; id++) {
            weights[id] = idf(frequency[id], sentences) * (question.isCommon(id) ? COMMON : 1);
        }
        return weights;
    }

    /** Counts each word of a list once for {@code of}. */
    private void count(IdLists lists, int list, int of, int[] frequency) {
        for (int at = lists.from(list); at < lists.to(list); at++) {
            int id = lists.at(at);
            if (id >= 0 && lastSeen[id] != of) {
                lastSeen[id] = of;
                frequency[id]++;
            }
        }
    }

    private static double idf(int having, int all) {
        return Math.log(1 + Math.max(0, all - having + 0.5) / (having + 0.5));
    }

    private double document(double[] weights, int block, double average) {
        add(bodies, block, 1);
        add(titles, block, TITLE);
        double half = DOC_K1 * (1 - DOC_B + DOC_B * bodies.length(block) / average);
        return saturated(weights, DOC_K1, half) / (DOC_K1 + 1) * 2.2;
    }

    private double sentence(double[] weights, int piece, double average) {
        add(words, piece, 1);
        return saturated(weights, K1, K1 * (1 - B + B * words.length(piece) / average)) / (K1 + 1) * 1.9;
    }

    /** Counts the question's words in a list. */
    private void add(IdLists lists, int list, double each) {
        for (int at = lists.from(list), to = lists.to(list); at < to; at++) {
            int id = lists.at(at);
            if (id >= 0) {
                if (times[id] == 0) {
                    counted[counts++] = id;
                }
                times[id] += each;
            }
        }
    }

    /** BM25 of what was counted, which is forgotten. */
    private double saturated(double[] weights, double k1, double half) {
        double score = 0;
        for (int i = 0; i < counts; i++) {
            int id = counted[i];
            score += weights[id] * times[id] * (k1 + 1) / (times[id] + half);
            times[id] = 0;
        }
        counts = 0;
        return score;
    }

    /** What of the question stands in the piece or in its block's title. */
    private double covered(double[] weights, int piece, int block) {
        add(words, piece, 1);
        add(titles, block, 1);
        double covered = 0;
        for (int i = 0; i < counts; i++) {
            covered += weights[counted[i]];
            times[counted[i]] = 0;
        }
        counts = 0;
        return covered;
    }

    private double titleAsked(int block) {
        int hits = 0;
        for (int at = titles.from(block); at < titles.to(block); at++) {
            int id = titles.at(at);
            hits += id >= 0 && !question.isCommon(id) ? 1 : 0;
        }
        return (double) hits / Math.max(1, titles.length(block));
    }

    /** The best run of the question's words that stand close together. */
    private double near(double[] weights, int piece) {
        int found = 0;
        for (int at = words.from(piece); at < words.to(piece) && found < MOST_NEAR; at++) {
            int id = words.at(at);
            if (id >= 0 && !question.isCommon(id)) {
                near[found++] = at;
            }
        }
        if (found < 2) {
            return 0;
        }
        double best = 0;
        Arrays.fill(lastSeen, -1);
        for (int from = 0; from < found - 1; from++) {
            int kinds = 0;
            double sum = 0;
            for (int to = from; to < found; to++) {
                int id = words.at(near[to]);
                if (lastSeen[id] != from) {
                    lastSeen[id] = from;
                    kinds++;
                    sum += weights[id];
                }
                if (kinds > 1) {
                    best = Math.max(best, sum / (1 + 0.1 * (near[to] - near[from] + 1 - kinds)));
                }
            }
        }
        return best;
    }

    private static int[] ranks(double[] values) {
        int[] ranks = new int[values.length];
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[b], values[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < order.length; i++) {
            ranks[order[i]] = i;
        }
        return ranks;
    }
}
