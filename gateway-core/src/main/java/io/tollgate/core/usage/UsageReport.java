package io.tollgate.core.usage;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer said of itself.
 *
 * @param usage the answering model's own counts
 * @param source how far they can be trusted
 * @param model the model that answered, as the provider names it, or null when it did not say
 * @param finish the dialect's own finish reason (of the first choice), or null when none was seen
 * @param serviceTier the tier the provider says it used, or null
 * @param statedCostNanos what the provider itself says the call cost, in nano-dollars; -1 when it does not say
 * @param others counts of other models billed within the same answer (Anthropic's advisor iterations)
 */
public record UsageReport(
        Usage usage,
        UsageSource source,
        @Nullable String model,
        @Nullable String finish,
        @Nullable String serviceTier,
        long statedCostNanos,
        List<OtherModelUsage> others) {
    /** Nothing was used. */
    public static final UsageReport NOTHING =
            new UsageReport(Usage.ZERO, UsageSource.NONE, null, null, null, -1, List.of());

    /** Finish reasons of all dialects that say that the answer ran into its cap. Source: their API references. */
    private static final Set<String> CUT = Set.of("length", "max_tokens", "MAX_TOKENS", "max_output_tokens");

    /** Whether the answer was cut by its cap on output tokens. */
    public boolean isCut() {
        return finish != null && CUT.contains(finish);
    }

    /** Counts of one other model. */
    public record OtherModelUsage(String model, Usage usage) {}
}
