package io.tollgate.budget.alerts.channel;

import io.tollgate.budget.ladder.Level;

/**
 * What all channels are configured with.
 *
 * @param name what the channel is known by
 * @param minLevel alerts below it are not for this receiver
 */
public record Target(String name, Level minLevel) {}
