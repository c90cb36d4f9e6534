package io.tollgate.core.exchange;

import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.sse.EventGate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What asks a provider that keeps quiet about a stream's usage to tell it. It goes along with each attempt at a provider
 * that is to be asked, and with no other.
 *
 * @param edits of the body
 * @param dropping takes what was told out of the stream again, or null
 */
public record UsageAsk(List<BodyEdit> edits, @Nullable EventGate dropping) {}
