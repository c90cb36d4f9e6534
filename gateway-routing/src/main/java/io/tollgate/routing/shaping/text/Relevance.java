package io.tollgate.routing.shaping.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How much each piece matters for a question: BM25 of its document and of itself against the question's words (rare ones
 * count more, those of a title twice), whether they stand together, and whether it has the kind of thing asked for.
 */
final class Relevance {
    private static final double DOC_K1 = 1.2;
    private static final double DOC_B = 0.4;
    private static final double K1 = 0.9;
    private static final double B = 0.3;
    private static final double COMMON = 0.15;
    private static final double TITLE = 2;

    private final List<String> texts;
    private final List<Piece> pieces;
    private final String question;
    private final List<String> asked;
    private final Set<String> words;
    private final List<List<String>> stems = new ArrayList<>();
    private final List<List<String>> titles = new ArrayList<>();
    private final List<List<String>> bodies = new ArrayList<>();

    private Relevance(List<String> texts, List<Piece> pieces, int blocks, String question) {
        this.texts = texts;
        this.pieces = pieces;
        this.question = question;
        this.asked = Stems.of(question);
        this.words = new LinkedHashSet<>(asked);
        for (int i = 0; i < blocks; i++) {
            titles.add(new ArrayList<>());
            bodies.add(new ArrayList<>());
        }
        for (Piece piece : pieces) {
            List<String> of = Stems.of(piece.in(texts.get(piece.source())));
            stems.add(of);
            if (!piece.pinned()) {
                (piece.head() ? titles : bodies).get(piece.block()).addAll(of);
            }
        }
    }

    /** A score for each piece; the higher the more it matters. */
    static double[] scores(List<String> texts, List<Piece> pieces, int blocks, String question) {
        return new Relevance(texts, pieces, blocks, question).scores();
    }

    private double[] scores() {
        int blocks = bodies.size();
        Map<String, Double> byDocument = documentWeights();
        Map<String, Double> bySentence = sentenceWeights();
        double sum = sum(byDocument);
        double sentenceSum = sum(bySentence);
        double averageBody =
                Math.max(1, bodies.stream().mapToInt(List::size).average().orElse(1));
        double averagePiece =
                Math.max(1, stems.stream().mapToInt(List::size).average().orElse(1));
        double[] document = new double[blocks];
        double[] documentPairs = new double[blocks];
        double[] titleAsked = new double[blocks];
        double best = 1e-9;
        for (int i = 0; i < blocks; i++) {
            document[i] = bm25(byDocument, titles.get(i), bodies.get(i), averageBody) / sum;
            documentPairs[i] = pairs(byDocument, List.of(titles.get(i), bodies.get(i))) / sum;
            titleAsked[i] = titleAsked(titles.get(i));
            best = Math.max(best, document[i]);
        }
        int[] rank = ranks(document);
        double[] scores = new double[pieces.size()];
        Wanted wanted = Wanted.by(question);
        int block = -1;
        boolean first = true;
        for (int i = 0; i < scores.length; i++) {
            Piece piece = pieces.get(i);
            first = piece.block() != block || (i > 0 && pieces.get(i - 1).head());
            block = piece.block();
            List<String> of = stems.get(i);
            double matched = sentence(bySentence, of, averagePiece) / sentenceSum;
            double near = near(bySentence, of) / sentenceSum;
            double d = document[block];
            String text = piece.in(texts.get(piece.source()));
            double z = Weights.BASE
                    + Weights.DOCUMENT * d
                    + Weights.DOCUMENT_TO_BEST * d / best
                    + Weights.RANK / (1 + rank[block])
                    + Weights.DOCUMENT_PAIRS * documentPairs[block]
                    + Weights.TITLE_ASKED * titleAsked[block]
                    + Weights.COVERED * covered(bySentence, of, titles.get(block)) / sentenceSum
                    + Weights.PAIRS * pairs(bySentence, List.of(of)) / sentenceSum
                    + Weights.NEAR * near
                    + (first ? Weights.FIRST : 0)
                    + Weights.LENGTH * Math.log(of.size() + 1.0) / 4
                    + wanted.in(text, words)
                    + Weights.SENTENCE_AND_DOCUMENT * matched * d
                    + Weights.NEAR_AND_DOCUMENT * near * d;
            scores[i] = -Math.log1p(Math.exp(-z)) - Weights.COST * Math.log(text.length() / 4.0 + 8);
        }
        return scores;
    }

    private static double sum(Map<String, Double> weights) {
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        return sum > 0 ? sum : 1;
    }

    private Map<String, Double> documentWeights() {
        Map<String, Integer> frequency = new HashMap<>();
        for (int i = 0; i < bodies.size(); i++) {
            Set<String> of = new HashSet<>(bodies.get(i));
            of.addAll(titles.get(i));
            count(of, frequency);
        }
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String word : words) {
            double idf = idf(frequency.getOrDefault(word, 0), bodies.size());
            weights.put(word, Stems.isCommon(word) ? idf * COMMON : idf + 0.3);
        }
        return weights;
    }

    private Map<String, Double> sentenceWeights() {
        Map<String, Integer> frequency = new HashMap<>();
        int sentences = 0;
        for (int i = 0; i < pieces.size(); i++) {
            if (!pieces.get(i).head() && !pieces.get(i).pinned()) {
                count(new HashSet<>(stems.get(i)), frequency);
                sentences++;
            }
        }
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String word : words) {
            weights.put(word, idf(frequency.getOrDefault(word, 0), sentences) * (Stems.isCommon(word) ? COMMON : 1));
        }
        return weights;
    }

    private void count(Set<String> of, Map<String, Integer> frequency) {
        for (String word : words) {
            if (of.contains(word)) {
                frequency.merge(word, 1, Integer::sum);
            }
        }
    }

    private static double idf(int having, int all) {
        return Math.log(1 + Math.max(0, all - having + 0.5) / (having + 0.5));
    }

    private double bm25(Map<String, Double> weights, List<String> title, List<String> body, double average) {
        Map<String, Double> times = new HashMap<>();
        body.forEach(word -> times.merge(word, 1.0, Double::sum));
        title.forEach(word -> times.merge(word, TITLE, Double::sum));
        return saturated(weights, times, DOC_K1, DOC_K1 * (1 - DOC_B + DOC_B * body.size() / average));
    }

    private double sentence(Map<String, Double> weights, List<String> of, double average) {
        Map<String, Double> times = new HashMap<>();
        of.forEach(word -> times.merge(word, 1.0, Double::sum));
        return saturated(weights, times, K1, K1 * (1 - B + B * of.size() / average));
    }

    private double saturated(Map<String, Double> weights, Map<String, Double> times, double k1, double half) {
        double score = 0;
        for (String word : words) {
            double tf = times.getOrDefault(word, 0.0);
            score += weights.getOrDefault(word, 0.0) * tf * (k1 + 1) / (tf + half);
        }
        return k1 == K1 ? score / (K1 + 1) * 1.9 : score / (DOC_K1 + 1) * 2.2;
    }

    private double covered(Map<String, Double> weights, List<String> of, List<String> title) {
        double covered = 0;
        for (String word : words) {
            covered += of.contains(word) || title.contains(word) ? weights.getOrDefault(word, 0.0) : 0;
        }
        return covered;
    }

    /** Pairs of the question's neighbouring words that are neighbours here too. */
    private double pairs(Map<String, Double> weights, List<List<String>> lists) {
        double sum = 0;
        for (int i = 0; i + 1 < asked.size(); i++) {
            String a = asked.get(i);
            String b = asked.get(i + 1);
            for (List<String> of : lists) {
                if (adjacent(of, a, b)) {
                    sum += (weights.getOrDefault(a, 0.0) + weights.getOrDefault(b, 0.0)) / 2;
                    break;
                }
            }
        }
        return sum;
    }

    private static boolean adjacent(List<String> of, String a, String b) {
        for (int i = 0; i + 1 < of.size(); i++) {
            if (of.get(i).equals(a) && of.get(i + 1).equals(b)) {
                return true;
            }
        }
        return false;
    }

    private double titleAsked(List<String> title) {
        long hits = title.stream()
                .filter(word -> words.contains(word) && !Stems.isCommon(word))
                .count();
        return (double) hits / Math.max(1, title.size());
    }

    /** The best run of the question's words that stand close together. */
    private double near(Map<String, Double> weights, List<String> of) {
        int[] at = IntStream.range(0, of.size())
                .filter(i -> words.contains(of.get(i)) && !Stems.isCommon(of.get(i)))
                .limit(64)
                .toArray();
        double best = 0;
        for (int from = 0; from < at.length; from++) {
            Set<String> kinds = new HashSet<>();
            double sum = 0;
            for (int to = from; to < at.length; to++) {
                String word = of.get(at[to]);
                sum += kinds.add(word) ? weights.getOrDefault(word, 0.0) : 0;
                if (kinds.size() > 1) {
                    best = Math.max(best, sum / (1 + 0.1 * (at[to] - at[from] + 1 - kinds.size())));
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
