package io.tollgate.server.config.yaml;

import java.time.Duration;

/** So many things in so much time, e.g. {@code 60/min}. */
public record Rate(long amount, Duration per) {}
