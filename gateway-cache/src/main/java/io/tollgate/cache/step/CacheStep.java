package io.tollgate.cache.step;

import io.tollgate.cache.key.BypassReason;
import io.tollgate.cache.rule.Admission;
import io.tollgate.cache.rule.CacheDirective;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.exchange.CacheUse;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.provider.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls whose answer is at hand or under way, and records the others. It stands behind everything that changes
 * what is asked (route, shaping) and before what merely watches it (meter, cap): the key is of the request as it would go
 * upstream.
 */
public final class CacheStep implements Step {
    private final @Nullable CacheTerms terms;
    private final Caching caching;

    /** {@code terms} are null where nothing is cached. */
    public CacheStep(@Nullable CacheTerms terms, Caching caching) {
        this.terms = terms;
        this.caching = caching;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        try {
            return terms == null ? withoutCache(exchange) : decide(exchange, terms);
        } catch (RefusedException e) {
            return Outcome.reply(new Reply.Refused(e.refusal()));
        }
    }

    /** Who says {@code only} wants nothing bought, whatever is configured. */
    private static Outcome withoutCache(Exchange exchange) {
        CacheDirective directive = CacheDirective.of(exchange.head().header(CacheDirective.HEADER));
        return directive == CacheDirective.ONLY ? Passage.notCached("no cache is configured") : Outcome.NEXT;
    }

    private Outcome decide(Exchange exchange, CacheTerms by) {
        Target target = exchange.route().get().first();
        Admission admission = by.rules().admit(exchange, target, asSent(exchange, target));
        return switch (admission) {
            case Admission.Passed passed -> pass(exchange, passed.reason());
            case Admission.Admitted admitted -> new Passage(exchange, target, admitted, by, caching).begin();
        };
    }

    private Outcome pass(Exchange exchange, BypassReason reason) {
        caching.counters().bypassed(reason);
        CacheUse use = CacheUse.bypass(reason.token());
        exchange.cache().decide(use);
        exchange.replyHeaders().set(CacheUse.HEADER, use.text());
        boolean only = CacheDirective.of(exchange.head().header(CacheDirective.HEADER)) == CacheDirective.ONLY;
        return only ? Passage.notCached("its answer is never kept: " + reason.token()) : Outcome.NEXT;
    }

    private static RequestBody asSent(Exchange exchange, Target target) {
        if (exchange.edits().isEmpty() && target.edits().isEmpty()) {
            return exchange.body();
        }
        List<BodyEdit> edits = new ArrayList<>(exchange.edits());
        edits.addAll(target.edits());
        return RequestBody.of(new SplicedBody(exchange.body(), edits).toBytes());
    }
}
