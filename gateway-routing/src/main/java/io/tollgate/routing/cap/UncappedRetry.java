package io.tollgate.routing.cap;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.OutputCap;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.price.ModelTraits;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Metered;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks once more, without the cap, for a plain answer that a cap of ours cut: not where the caller or a budget set it, for
 * they meant it. Where a dialect wants a cap, the model's own limit stands in its place. Immutable; any thread.
 */
public final class UncappedRetry {
    /** The lever that what is thrown away counts against. */
    public static final String LEVER = "output_cap";

    private static final Set<String> OURS = Set.of("policy", "learned");
    private static final List<String> FIELDS = List.of("max_tokens", "max_completion_tokens", "max_output_tokens");

    private final OutputPolicy policy;
    private final PriceCatalogue prices;

    /**
     * The call to make.
     *
     * @param mostOutput tokens the answer may have now
     */
    public record Again(Target target, long mostOutput) {}

    /** By this policy. */
    public UncappedRetry(OutputPolicy policy, PriceCatalogue prices) {
        this.policy = policy;
        this.prices = prices;
    }

    /** Whether the call's answer is worth looking at when it is whole. */
    public boolean mayApply(Exchange exchange) {
        OutputCap cap = exchange.outputCap().orNull();
        return policy.asksAgain()
                && cap != null
                && OURS.contains(cap.source())
                && exchange.endpoint().operation() == Operation.GENERATE
                && !exchange.facts().get().stream()
                && exchange.attempts().stream().noneMatch(Attempt::isUncapped);
    }

    /** The call without the cap, if it was the cap that cut the answer; null where it stands. */
    public @Nullable Again again(Exchange exchange, Attempt attempt) {
        Metered metered = attempt.metered();
        OutputCap cap = exchange.outputCap().orNull();
        Target target = attempt.target();
        String model = target.model();
        if (metered == null || cap == null || model == null || attempt.status() >= 300) {
            return null;
        }
        if (!metered.report().isCut()) {
            return null;
        }
        ModelTraits traits = prices.traits(target.provider().name(), model, exchange.receivedAt());
        long most = traits.maxOutput();
        if (most >= 0 && most <= cap.tokens()) {
            return null; // it is the model's own limit
        }
        boolean optional = exchange.endpoint().dialect().family() == Family.OPENAI;
        if (!optional && most < 0) {
            return null;
        }
        Target again = new Target(
                target.provider(),
                model,
                target.path(),
                optional ? withoutCap(exchange, target) : capped(exchange, target, traits),
                target.withoutCallersCredential());
        return new Again(again, most);
    }

    private static List<BodyEdit> withoutCap(Exchange exchange, Target target) {
        List<BodyEdit> edits = new ArrayList<>(target.edits());
        FIELDS.forEach(field -> edits.add(exchange.facts().get().members().remove(field)));
        return List.copyOf(edits);
    }

    private static List<BodyEdit> capped(Exchange exchange, Target target, ModelTraits traits) {
        List<BodyEdit> edits = new ArrayList<>(target.edits());
        edits.addAll(
                exchange.endpoint().dialect().outputCap(exchange.facts().get(), traits.capField(), traits.maxOutput()));
        return List.copyOf(edits);
    }

    /** The call is made: its cap is told no more. */
    public void begun(Exchange exchange) {
        exchange.replyHeaders().remove(OutputCap.HEADER);
    }

    /** Why it is made. */
    public static String reason(long cap) {
        return "asked again without the cap of " + cap + " tokens";
    }

    /** Whether the last answer came without the cap. */
    static boolean isUncapped(Exchange exchange) {
        Attempt last = exchange.lastAttempt();
        return last != null && last.isUncapped();
    }
}
