package io.tollgate.bench;

import io.tollgate.routing.complexity.Complexity;
import io.tollgate.routing.complexity.ComplexityClassifier;
import io.tollgate.routing.complexity.LearnedClassifier;
import io.tollgate.routing.complexity.Question;
import io.tollgate.routing.complexity.RulesClassifier;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to judge how hard a question is, from its text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ComplexityBenchmark {
    private static final String SENTENCE =
            "Compare how the two warehouses handled the 2,400 returns of last spring, and say which process you would keep. ";

    /** Characters of the question. */
    @Param({"500", "40960"})
    int length;

    private final ComplexityClassifier rules = new RulesClassifier();
    private final ComplexityClassifier learned = LearnedClassifier.shipped();
    private String text = "";

    /** Builds the question. */
    @Setup
    public void build() {
        text = SENTENCE.repeat(1 + length / SENTENCE.length()).substring(0, length);
    }

    /** By the lists alone. */
    @Benchmark
    public Complexity rules() {
        return rules.classify(Question.of(text));
    }

    /** By the shipped weights. */
    @Benchmark
    public Complexity learned() {
        return learned.classify(Question.of(text));
    }
}
