package io.tollgate.routing.shaping.summary;

import io.tollgate.core.http.BodyEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of turns that were left out.
 *
 * @param edits that put their summary into the prompt; none where there is no summary yet
 * @param bytes UTF-8 bytes of text these add
 * @param wish the summary to be asked for; null where none is
 */
public record Summarised(
        List<BodyEdit> edits, int bytes, @Nullable Wish wish) {
    /** They are just left out. */
    public static final Summarised NOT = new Summarised(List.of(), 0, null);

    /**
     * A summary that is not there yet.
     *
     * @param key under which it will be kept
     * @param scope whose it is
     * @param dialect of request and answer
     * @param body of the request for it, JSON in UTF-8
     */
    public record Wish(String key, String scope, String dialect, String model, byte[] body) {
        String payer() {
            return payer(scope, model);
        }

        /** What failures are remembered by. */
        static String payer(String scope, String model) {
            return scope + '\n' + model;
        }
    }

    /** For the answer's header. */
    public String told() {
        return edits.isEmpty() ? "" : "; summary";
    }
}
