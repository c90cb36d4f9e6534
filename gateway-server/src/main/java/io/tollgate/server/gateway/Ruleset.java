package io.tollgate.server.gateway;

import io.tollgate.core.dialect.endpoint.Endpoints;
import io.tollgate.core.pipeline.Pipeline;

/**
 * What one version of the configuration decides by. Replaced whole when the configuration is reloaded; an exchange keeps
 * the one it began with.
 */
public record Ruleset(Endpoints endpoints, Pipeline pipeline) {}
