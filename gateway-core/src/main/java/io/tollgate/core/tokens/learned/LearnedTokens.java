package io.tollgate.core.tokens.learned;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.learn.Group;
import io.tollgate.core.learn.LearnedQuantiles;
import io.tollgate.core.learn.LearnedQuantiles.Known;
import io.tollgate.core.tokens.ModelFamily;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What calls will use, learned online from what providers report, per key, model and task: the prompt as a ratio to the
 * guess from its size, the output as it is. Any thread; for event loops.
 */
public final class LearnedTokens {
    /** Ratios are whole numbers: a thousand for one. */
    private static final long ONE = 1_000;
    /** More would be no ratio of text: a prompt kept at the provider and referred to by its id. */
    private static final long MOST_TIMES = 1_000;
    /** Before anything has been learned, a hold is so many times the guess and so many tokens more. */
    private static final long FIRST_TIMES = 1_500;

    private static final long FIRST_MORE = 8;

    private static final int ENOUGH = 20;
    private static final int MEDIAN = 0;
    private static final int SAFE = 1;
    /** A hold is to suffice for 95 of 100 calls; half the rest are above the margin between buckets. */
    private static final double HELD = 0.96;

    private static final double OUTPUT = 0.95;

    private final LearnedQuantiles inputRatio = new LearnedQuantiles(ENOUGH, 0.5, HELD);
    private final LearnedQuantiles output = new LearnedQuantiles(ENOUGH, OUTPUT);
    private final FamilyMemo families = new FamilyMemo();
    private final LongAdder learned = new LongAdder();
    private final LongAdder told = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private final LongAdder undercounted = new LongAdder();

    /** Nothing learned yet. */
    public LearnedTokens() {}

    /**
     * What a prompt will be billed, in tokens.
     *
     * @param likely as often too few as too many
     * @param held enough for 95 of 100 calls
     */
    public record Input(long likely, long held) {}

    /** The input of a call, for the model it will probably go to. */
    public Input input(Group group, Endpoint endpoint, RequestFacts facts, RequestBody body, @Nullable String model) {
        long guess = guess(endpoint, facts, body, model);
        Known ratio = inputRatio.find(group);
        if (ratio == null) {
            ratio = inputRatio.find(family(endpoint, model));
        }
        return ratio == null
                ? new Input(guess, guess * FIRST_TIMES / ONE + FIRST_MORE)
                : new Input(guess * ratio.value(MEDIAN) / ONE, Math.ceilDiv(guess * ratio.value(SAFE), ONE));
    }

    /** A new model begins with what is known of its family. */
    private Group family(Endpoint endpoint, @Nullable String model) {
        ModelFamily family = families.of(model, endpoint.dialect().family());
        return new Group("", "family " + family, "");
    }

    private long guess(Endpoint endpoint, RequestFacts facts, RequestBody body, @Nullable String model) {
        return SizeGuess.tokens(
                endpoint, facts, body, families.of(model, endpoint.dialect().family()));
    }

    /** Tokens that 95 of 100 answers of this group stay within, thinking included; -1 where too few were seen. */
    public long output(Group group) {
        Known known = output.find(group);
        return known == null ? -1 : Math.max(1, known.value(0));
    }

    /**
     * A call is over and the provider told what it used.
     *
     * @param model that answered
     * @param expected what {@link #input} said of it
     * @param prompt tokens of the whole prompt, cached ones included
     */
    public void learnInput(
            Group group,
            Endpoint endpoint,
            RequestFacts facts,
            RequestBody body,
            String model,
            Input expected,
            long prompt) {
        long guess = guess(endpoint, facts, body, model);
        long ratio = Math.clamp(Math.round((double) prompt * ONE / guess), 1, MOST_TIMES * ONE);
        inputRatio.record(group, ratio);
        inputRatio.record(family(endpoint, model), ratio);
        learned.increment();
        told.add(prompt);
        missed.add(Math.abs(expected.likely() - prompt));
        undercounted.add(expected.held() < prompt ? 1 : 0);
    }

    /** An answer put out so many tokens, thinking included. */
    public void learnOutput(Group group, long tokens) {
        output.record(group, tokens);
    }

    /** Calls whose prompts were compared with what had been expected of them. */
    public long compared() {
        return learned.sum();
    }

    /** Tokens of these prompts, as the providers told. */
    public long toldTokens() {
        return told.sum();
    }

    /** By how much they were missed, in tokens, too many and too few added up. */
    public long missedTokens() {
        return missed.sum();
    }

    /** Calls of which less had been held than they used. */
    public long undercounted() {
        return undercounted.sum();
    }

    /** Groups of calls remembered, of input and output. */
    public long groups() {
        return (long) inputRatio.groups() + output.groups();
    }

    /** What there is to keep over a restart. */
    public List<LearnedQuantiles> memory() {
        return List.of(inputRatio, output);
    }
}
