package io.tollgate.budget.identity;

import io.tollgate.core.error.RefusedException;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;

/** Decides the call's attribution: the headers' tags, overridden by the key's own. */
public final class TagStep implements Step {
    @Override
    public Outcome apply(Exchange exchange) {
        Tags own = exchange.caller().get().tags();
        try {
            exchange.tags().decide(HeaderTags.read(exchange.head().headers()).overriddenBy(own));
            return Outcome.NEXT;
        } catch (RefusedException e) {
            exchange.tags().decide(own);
            return Outcome.reply(new Reply.Refused(e.refusal()));
        }
    }
}
