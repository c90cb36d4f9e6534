package io.tollgate.routing.shaping;

import io.tollgate.core.http.BodyEdit;
import io.tollgate.routing.shaping.summary.Summarised;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What becomes of a prompt.
 *
 * @param tokens fewer of them by lever, estimated; only of levers that left something out
 * @param summary of the turns left out
 */
record Shaped(List<BodyEdit> edits, SequencedMap<ShapingLever, Long> tokens, Summarised summary) {
    /** It stays as it is. */
    static final Shaped NOT = new Shaped(List.of(), new LinkedHashMap<>(), Summarised.NOT);
}
