package io.tollgate.routing.promptcache;

/** What prompt caching remembers from call to call. Outlives reloads; any thread. */
public record PromptCaching(PrefixMemory memory, PromptCacheReport report) {
    /** Nothing yet. */
    public static PromptCaching empty() {
        return new PromptCaching(new PrefixMemory(), new PromptCacheReport());
    }
}
