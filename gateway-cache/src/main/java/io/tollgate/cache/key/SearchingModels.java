package io.tollgate.cache.key;

import io.tollgate.core.text.Glob;
import java.util.List;

/** Models that search the web whatever the request says. Sources: OpenAI's, Perplexity's, Groq's and OpenRouter's model lists. */
final class SearchingModels {
    private static final List<String> PATTERNS = List.of(
            "*-search-preview*",
            "*-search-api*",
            "*-deep-research*",
            "sonar*",
            "*/sonar*",
            "compound*",
            "*/compound*",
            "*:online");

    private SearchingModels() {}

    static boolean include(String model) {
        for (String pattern : PATTERNS) {
            if (Glob.matches(pattern, model)) {
                return true;
            }
        }
        return false;
    }
}
