package io.tollgate.routing.cap;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.BudgetDirectives;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.OutputCap;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.learn.Group;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.ModelTraits;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import io.tollgate.core.step.ShapeSwitch;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides the cap on output tokens: the caller's, else the policy's for the task, else one learned from what answers of
 * this feature, model and task were, else the default; never above what the model takes or a budget can pay, and less
 * where a budget asks for shorter answers. Also learns the lengths.
 */
public final class OutputCapStep implements Step {
    /** What a shrunken answer may have where nothing is known of such answers. */
    private static final long SHRUNKEN = 1_024;

    private final OutputPolicy policy;
    private final LearnedCaps learned;
    private final PriceCatalogue prices;
    private final UnspentOutput unspent;

    /** By this policy and memory. */
    public OutputCapStep(OutputPolicy policy, LearnedCaps learned, PriceCatalogue prices) {
        this.policy = policy;
        this.learned = learned;
        this.prices = prices;
        this.unspent = new UnspentOutput(learned, prices);
    }

    @Override
    public Outcome apply(Exchange exchange) {
        if (exchange.endpoint().operation() != Operation.GENERATE) {
            return Outcome.NEXT;
        }
        Group group = group(exchange);
        long thinking = thinking(exchange);
        OutputCap decided = decide(exchange, group, thinking);
        if (decided != null) {
            set(exchange, decided);
        }
        if (policy.learn()) {
            exchange.onFinish((finished, completion) -> learn(finished, completion, thinking > 0));
        }
        return Outcome.NEXT;
    }

    /** Of the model that answered, if one has. */
    static Group group(Exchange exchange) {
        Target answering = exchange.answering();
        Target target = answering == null ? exchange.route().get().first() : answering;
        return new Group(
                Objects.requireNonNullElse(exchange.tags().get().get("feature"), ""),
                Objects.requireNonNullElse(target.model(), ""),
                Objects.requireNonNullElse(exchange.tags().get().get("task"), ""));
    }

    /** What the caller sets aside for thinking, which comes on top of what answers may have. */
    private static long thinking(Exchange exchange) {
        return exchange.endpoint().dialect().thinkingBudget(exchange.facts().get(), exchange.body());
    }

    private @Nullable OutputCap decide(Exchange exchange, Group group, long thinking) {
        RequestFacts facts = exchange.facts().get();
        OutputCap cap = null;
        if (facts.outputCap() >= 0) {
            cap = new OutputCap(facts.outputCap(), "caller");
        } else if (policy.caps() && !ShapeSwitch.off(exchange)) {
            cap = possible(exchange, byPolicy(group), thinking);
        }
        BudgetDirectives budget = exchange.budget().orNull();
        if (budget != null && budget.shrinkOutput()) {
            OutputCap shrunken = possible(exchange, new OutputCap(shrunken(group), "budget"), thinking);
            if (shrunken != null && (cap == null || cap.tokens() > shrunken.tokens())) {
                cap = shrunken;
            }
        }
        // the budgets lower it to what is left once they know the target
        return cap != null && budget != null && cap.tokens() > budget.mostOutputTokens() ? null : cap;
    }

    private @Nullable OutputCap byPolicy(Group group) {
        Long ofTask = policy.byTask().get(group.task());
        if (ofTask != null) {
            return new OutputCap(ofTask, "policy");
        }
        long ofSuch = policy.learn() ? learned.cap(group, policy.factor()) : -1;
        if (ofSuch >= 0) {
            return new OutputCap(ofSuch, "learned");
        }
        return policy.defaultCap() < 0 ? null : new OutputCap(policy.defaultCap(), "policy");
    }

    /** As long as such answers usually are, without room to spare. */
    private long shrunken(Group group) {
        long usual = learned.cap(group, 1);
        return usual < 0 ? SHRUNKEN : usual;
    }

    /** With room to think, and within what the model takes; null where that leaves no room to answer. */
    private @Nullable OutputCap possible(Exchange exchange, @Nullable OutputCap ofAnswer, long thinking) {
        if (ofAnswer == null) {
            return null;
        }
        long most = traits(exchange).maxOutput();
        long tokens = ofAnswer.tokens() + thinking;
        if (most >= 0 && most < tokens) {
            return most > thinking ? new OutputCap(most, ofAnswer.source()) : null;
        }
        return thinking == 0 ? ofAnswer : new OutputCap(tokens, ofAnswer.source());
    }

    private ModelTraits traits(Exchange exchange) {
        Target target = exchange.route().get().first();
        return target.model() == null
                ? ModelTraits.UNKNOWN
                : prices.traits(target.provider().name(), target.model(), exchange.receivedAt());
    }

    private void set(Exchange exchange, OutputCap cap) {
        if (!cap.source().equals("caller")) {
            List<BodyEdit> edits = exchange.endpoint()
                    .dialect()
                    .outputCap(exchange.facts().get(), traits(exchange).capField(), cap.tokens());
            if (edits.isEmpty()) {
                return;
            }
            exchange.editForFirst(edits);
            exchange.outputCap().decide(cap);
        }
        exchange.replyHeaders().set(OutputCap.HEADER, cap.told());
    }

    /** @param thinkingApart whether a cap has room of its own for thinking, so that only the rest is learned */
    private void learn(Exchange exchange, Completion completion, boolean thinkingApart) {
        Group group = group(exchange);
        UsageReport report = exchange.metered().orNull() == null
                ? UsageReport.NOTHING
                : exchange.metered().get().report();
        if (completion.end() != End.COMPLETE || completion.status() >= 300 || report.source() != UsageSource.PROVIDER) {
            return;
        }
        boolean cut = report.isCut();
        OutputCap ours = exchange.outputCap().orNull();
        if (cut && (ours == null || UncappedRetry.isUncapped(exchange))) {
            return; // a cap that is not ours: how long it would have been says nothing of other calls
        }
        long answers = Math.max(1, exchange.facts().get().answers());
        long output = report.usage().output() - (thinkingApart ? report.usage().reasoning() : 0);
        long tokens = Math.max(0, output) / answers;
        if (cut) {
            long nanos = unspent.nanos(exchange, tokens);
            if (nanos > 0) {
                exchange.saved(UncappedRetry.LEVER, nanos);
            }
        }
        boolean capLearned = ours != null && ours.source().equals("learned");
        if (exchange.attempts().stream().anyMatch(attempt -> attempt.wastedBy() != null)) {
            learned.recordCut(group, tokens, capLearned); // how long it would have been is known
        } else {
            learned.record(group, tokens, cut, capLearned);
        }
    }
}
