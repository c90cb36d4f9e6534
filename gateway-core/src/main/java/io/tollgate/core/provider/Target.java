package io.tollgate.core.provider;

import io.tollgate.core.http.BodyEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider and model a request can be sent to, and what must change in it for that.
 *
 * @param model the model sent, or null where the request names none (a tunnel)
 * @param path the path and query to ask for, below the provider's base URL
 * @param edits changes that only this target needs, e.g. another model's name
 * @param withoutCallersCredential whether that stays behind though the provider has none of its own: it was meant for
 *     another one
 */
public record Target(
        Provider provider,
        @Nullable String model,
        String path,
        List<BodyEdit> edits,
        boolean withoutCallersCredential) {
    /** What the caller asked for itself. */
    public Target(Provider provider, @Nullable String model, String path, List<BodyEdit> edits) {
        this(provider, model, path, edits, false);
    }

    /** Whether it is the same model at the same provider, whatever is changed for it. */
    public boolean isSamePlace(Target other) {
        return name().equals(other.name());
    }

    /** {@code provider/model}. */
    public String name() {
        return provider.name() + "/" + model;
    }

    /** The same with these changes, too. */
    public Target with(List<BodyEdit> more) {
        List<BodyEdit> all = new ArrayList<>(edits);
        all.addAll(more);
        return new Target(provider, model, path, List.copyOf(all), withoutCallersCredential);
    }
}
