package io.tollgate.core.step;

import io.tollgate.core.error.RefusedException;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;

/** Reads the body's facts in its dialect; what cannot be read is refused before anyone decides by it. */
public final class ReadStep implements Step {
    @Override
    public Outcome apply(Exchange exchange) {
        try {
            exchange.facts().decide(exchange.endpoint().dialect().read(exchange.endpoint(), exchange.body()));
            return Outcome.NEXT;
        } catch (RefusedException e) {
            return Outcome.reply(new Reply.Refused(e.refusal()));
        }
    }
}
