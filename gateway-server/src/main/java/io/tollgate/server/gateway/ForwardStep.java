package io.tollgate.server.gateway;

import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;

/** The pipeline's end: everything is decided, the provider answers. */
final class ForwardStep implements Step {
    @Override
    public Outcome apply(Exchange exchange) {
        return Outcome.reply(new Reply.FromUpstream(exchange.route().get()));
    }
}
