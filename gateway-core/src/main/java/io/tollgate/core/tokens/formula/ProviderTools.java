package io.tollgate.core.tokens.formula;

import java.util.List;

/**
 * What tools that run at the provider add to a prompt before they have found anything: their instructions. What they
 * then read (pages, output of code) is billed as input too and cannot be foreseen; these are the least that recorded
 * answers show.
 */
final class ProviderTools {
    private ProviderTools() {}

    /** At OpenAI. */
    static long openAi(List<String> types) {
        long tokens = 0;
        for (String type : types) {
            tokens += type.startsWith("web_search")
                    ? 8_500
                    : switch (type) {
                        case "code_interpreter", "mcp" -> 1_000;
                        case "tool_search" -> 330;
                        default -> 300;
                    };
        }
        return tokens;
    }

    /** At Anthropic; the system prompt for functions is among it. */
    static long anthropic(List<String> types) {
        long tokens = 0;
        for (String type : types) {
            if (type.startsWith("web_search") || type.startsWith("code_execution") || type.startsWith("advisor")) {
                tokens += 2_200;
            } else {
                tokens += 650;
            }
        }
        return tokens;
    }
}
