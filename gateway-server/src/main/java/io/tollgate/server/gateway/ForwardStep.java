package io.tollgate.server.gateway;

import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Recovery;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import org.jspecify.annotations.Nullable;

/** The pipeline's end: everything is decided, the provider answers. */
final class ForwardStep implements Step {
    private final @Nullable Recovery recovery;

    /** {@code recovery} is null where nothing is tried again. */
    ForwardStep(@Nullable Recovery recovery) {
        this.recovery = recovery;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        return Outcome.reply(new Reply.FromUpstream(exchange.route().get(), recovery));
    }
}
