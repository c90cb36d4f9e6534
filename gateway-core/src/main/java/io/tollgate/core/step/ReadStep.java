package io.tollgate.core.step;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import org.jspecify.annotations.Nullable;

/** Reads the body's facts in its dialect; what cannot be read is refused before anyone decides by it. */
public final class ReadStep implements Step {
    private static final int LONGEST_MODEL = 512;

    @Override
    public Outcome apply(Exchange exchange) {
        try {
            RequestFacts facts = exchange.endpoint().dialect().read(exchange.endpoint(), exchange.body());
            checkModel(facts.model());
            exchange.facts().decide(facts);
            return Outcome.NEXT;
        } catch (RefusedException e) {
            return Outcome.reply(new Reply.Refused(e.refusal()));
        }
    }

    /** A model's name goes into headers, the ledger and metrics; no provider has one like these. */
    private static void checkModel(@Nullable String model) {
        if (model == null) {
            return;
        }
        if (model.length() > LONGEST_MODEL) {
            throw RefusedException.malformed(
                    "model: expected a name of at most " + LONGEST_MODEL + " characters, got one of " + model.length());
        }
        for (int i = 0; i < model.length(); i++) {
            if (Character.isISOControl(model.charAt(i))) {
                throw RefusedException.malformed("model: expected a name without control characters, got 0x"
                        + Integer.toHexString(model.charAt(i)) + " at character " + i);
            }
        }
    }
}
