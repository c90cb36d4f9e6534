package io.tollgate.core.pipeline;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What a step decided: go on, answer now, or wait for something slow and then decide on the loop. */
public sealed interface Outcome {
    /** The next step decides. */
    Outcome NEXT = new Next();

    /** The pipeline ends here with this reply. */
    static Outcome reply(Reply reply) {
        return new Answer(reply);
    }

    /**
     * The pipeline pauses until {@code stage} is done and goes on with what {@code thenOnLoop} makes of its value, on
     * the exchange's loop. A stage that fails fails the exchange with an internal error.
     */
    static <T> Outcome await(CompletionStage<T> stage, Function<? super T, Outcome> thenOnLoop) {
        return new Await<>(stage, thenOnLoop);
    }

    /** Go on. */
    record Next() implements Outcome {}

    /** Answer now. */
    record Answer(Reply reply) implements Outcome {}

    /** Wait, then decide. */
    record Await<T>(CompletionStage<T> stage, Function<? super T, Outcome> thenOnLoop) implements Outcome {
        CompletionStage<Outcome> resume(java.util.concurrent.Executor loop) {
            return stage.thenApplyAsync(thenOnLoop, loop);
        }
    }
}
