package io.tollgate.core.provider;

import io.tollgate.core.http.BodyEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider and model a request can be sent to, and what must change in it for that.
 *
 * @param model the model sent, or null where the request names none (a tunnel)
 * @param path the path and query to ask for, below the provider's base URL
 * @param edits changes that only this target needs, e.g. another model's name
 */
public record Target(Provider provider, @Nullable String model, String path, List<BodyEdit> edits) {}
