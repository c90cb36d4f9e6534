package io.tollgate.budget.waste;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which smaller model of the same vendor does what a simple task needs; for estimates, nothing is sent there. */
final class SmallerModels {
    private record Step(String prefix, String smaller) {}

    /** Longer prefixes first. */
    private static final List<Step> STEPS = List.of(
            new Step("gpt-4o", "gpt-4o-mini"),
            new Step("gpt-4.1", "gpt-4.1-mini"),
            new Step("gpt-4-turbo", "gpt-4o-mini"),
            new Step("gpt-5", "gpt-5-mini"),
            new Step("o1", "gpt-4o-mini"),
            new Step("o3", "gpt-4o-mini"),
            new Step("claude-opus", "claude-haiku-4-5"),
            new Step("claude-sonnet", "claude-haiku-4-5"),
            new Step("claude-3-opus", "claude-haiku-4-5"),
            new Step("claude-3-5-sonnet", "claude-haiku-4-5"),
            new Step("claude-3-7-sonnet", "claude-haiku-4-5"),
            new Step("gemini-2.5-pro", "gemini-2.5-flash"),
            new Step("gemini-1.5-pro", "gemini-2.5-flash"),
            new Step("gemini-3-pro", "gemini-2.5-flash"));

    private SmallerModels() {}

    static @Nullable String of(String model) {
        if ((model.contains("mini") && !model.startsWith("gemini"))
                || model.contains("nano")
                || model.contains("haiku")) {
            return null;
        }
        for (Step step : STEPS) {
            if (model.startsWith(step.prefix())) {
                return step.smaller();
            }
        }
        return null;
    }
}
