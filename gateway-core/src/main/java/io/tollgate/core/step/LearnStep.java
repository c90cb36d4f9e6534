package io.tollgate.core.step;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.learn.Group;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.tokens.learned.LearnedTokens;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import org.jspecify.annotations.Nullable;

/** Learns from every answer that told its usage what calls of its kind use. Decides nothing about the call itself. */
public final class LearnStep implements Step {
    /** Finish reasons of an answer that its cap cut off: it would have been longer. */
    private static final int CAPPED_COUNTS = 2;
    /** A body of which less than this part was left out counts as sent whole. */
    private static final int NOTICEABLE = 50;

    private final LearnedTokens learned;

    /** Into this memory. */
    public LearnStep(LearnedTokens learned) {
        this.learned = learned;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        exchange.onFinish(this::learn);
        return Outcome.NEXT;
    }

    /** The group a call belongs to, if it goes to this model. */
    public static Group group(Exchange exchange, @Nullable String model) {
        Caller caller = exchange.caller().orNull();
        String key = caller == null ? null : caller.key();
        Tags tags = exchange.tags().orNull();
        String task = tags == null ? null : tags.get("task");
        return new Group(key == null ? "" : key, model == null ? "" : model, task == null ? "" : task);
    }

    private void learn(Exchange exchange, Completion completion) {
        Metered metered = exchange.metered().orNull();
        if (completion.end() != End.COMPLETE
                || metered == null
                || metered.report().source() != UsageSource.PROVIDER
                || exchange.attempts().isEmpty()) {
            return;
        }
        Attempt attempt = exchange.attempts().getLast();
        String model = attempt.target().model();
        Operation operation = exchange.endpoint().operation();
        boolean counts = operation == Operation.GENERATE || operation == Operation.EMBED;
        if (model != null && counts && attempt.status() < 300) {
            learn(exchange, model, metered.report());
        }
    }

    /** What was billed then says nothing of the size the caller sent. */
    private static boolean isShortened(Exchange exchange) {
        return BodyEdit.removedBytes(exchange.edits()) * NOTICEABLE
                > exchange.body().length();
    }

    private void learn(Exchange exchange, String model, UsageReport report) {
        Group group = group(exchange, model);
        RequestFacts facts = exchange.facts().get();
        long prompt = report.usage().prompt();
        if (prompt > 0 && !exchange.body().isEmpty() && !isShortened(exchange)) {
            learned.learnInput(
                    group,
                    exchange.endpoint(),
                    facts,
                    exchange.body(),
                    model,
                    learned.input(group, exchange.endpoint(), facts, exchange.body(), model),
                    prompt);
        }
        if (exchange.endpoint().operation() == Operation.GENERATE) {
            long output = report.usage().output() / Math.max(1, facts.answers());
            learned.learnOutput(group, report.isCut() ? output * CAPPED_COUNTS : output);
        }
    }
}
