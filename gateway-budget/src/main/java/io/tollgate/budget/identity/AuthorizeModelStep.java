package io.tollgate.budget.identity;

import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import java.util.List;

/** Refuses a model that the caller's key may not use. A tunnel that names no model is refused too: no way round. */
public final class AuthorizeModelStep implements Step {
    @Override
    public Outcome apply(Exchange exchange) {
        List<String> allowed = exchange.caller().get().allowModels();
        if (allowed.isEmpty()) {
            return Outcome.NEXT;
        }
        String model = exchange.facts().get().model();
        if (model != null && exchange.caller().get().mayUse(model)) {
            return Outcome.NEXT;
        }
        return Outcome.reply(new Reply.Refused(new Refusal(
                ErrorKind.FORBIDDEN,
                "key " + exchange.caller().get().key() + " may use the models " + allowed + ", not "
                        + (model == null ? "a path that names no model" : model))));
    }
}
