package io.tollgate.core.exchange;

import io.tollgate.core.http.CredentialMark;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.text.Glob;
import io.tollgate.core.text.Percent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param key the virtual key's id, or null when no keys are configured
 * @param tags the key's own tags; they win over a header's
 * @param allowModels globs of the models the key may use; empty allows all
 * @param credential a stable, non-reversible mark of the credential that was presented (a hash), or null when there was
 *     none: it scopes caches and limits, and never holds the credential itself
 * @param withheld where a virtual key was presented: lower-case header names, or {@link #QUERY_KEY}; these never reach a
 *     provider
 */
public record Caller(
        @Nullable String key,
        Tags tags,
        List<String> allowModels,
        @Nullable String credential,
        Set<String> withheld) {
    /** Stands in {@code withheld} for Google's query parameter {@code key}. */
    public static final String QUERY_KEY = "?key";

    /** A caller nobody knows anything of. */
    public static final Caller ANONYMOUS = new Caller(null, Tags.NONE, List.of(), null, Set.of());

    /** Whether the key may use a model. */
    public boolean mayUse(String model) {
        return allowModels.isEmpty() || allowModels.stream().anyMatch(glob -> Glob.matches(glob, model));
    }

    /**
     * Names the caller alone, apart from all others: {@code key:} and the virtual key's id, percent-encoded, else
     * {@code credential:} and a mark of all credentials in the head, else {@code nobody}. Has no equals sign, no credential.
     *
     * @param credentialHeader where the provider takes a credential, if it is somewhere unusual; or null
     */
    public String alone(RequestHead head, @Nullable String credentialHeader) {
        if (key != null) {
            return "key:" + Percent.encoded(key);
        }
        String mark = CredentialMark.of(head, credentialHeader);
        return mark == null ? "nobody" : "credential:" + mark;
    }
}
