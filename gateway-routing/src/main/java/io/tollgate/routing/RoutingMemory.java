package io.tollgate.routing;

import io.tollgate.routing.cap.LearnedCaps;
import io.tollgate.routing.promptcache.PromptCaching;
import io.tollgate.routing.table.Conversations;
import io.tollgate.routing.table.RuleSwitches;

/**
 * What routing remembers from call to call. Outlives reloads of the configuration; any thread.
 *
 * @param switches which rules are off
 * @param conversations which model each is with
 * @param caps how long answers were
 * @param promptCaching which prefixes of prompts come again
 */
public record RoutingMemory(
        RuleSwitches switches, Conversations conversations, LearnedCaps caps, PromptCaching promptCaching) {}
