package io.tollgate.budget.waste;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What was found in a period, the dearest first.
 *
 * @param from the first moment looked at
 * @param to one past the last
 * @param zone of the period's days
 * @param findings at most {@link WasteFinder#MOST}; they overlap, so that their sum is more than can be saved
 */
public record WasteReport(Instant from, Instant to, ZoneId zone, List<Finding> findings) {}
