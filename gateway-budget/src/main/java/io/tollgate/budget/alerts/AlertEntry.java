package io.tollgate.budget.alerts;

import java.util.List;

/**
 * An alert as the journal has it.
 *
 * @param seq its place in the journal
 * @param deliveries one for each channel that was configured when it was raised and takes its severity
 */
public record AlertEntry(long seq, Alert alert, List<Delivery> deliveries) {}
