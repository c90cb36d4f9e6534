package io.tollgate.cache.step;

import io.tollgate.cache.flight.Flight;
import io.tollgate.cache.flight.FlightRecorder;
import io.tollgate.cache.flight.Landing;
import io.tollgate.cache.replay.AnswerScan;
import io.tollgate.cache.replay.Form;
import io.tollgate.cache.rule.Admission.Admitted;
import io.tollgate.cache.rule.AnswerFacts;
import io.tollgate.cache.rule.Unkept;
import io.tollgate.cache.store.StoredReply;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Metered;
import java.time.Instant;

/** Watches a call that the provider answers, and keeps the answer if it is fit for that. Confined to the exchange's loop. */
record Recorder(Admitted admitted, Target target, Caching caching) {
    /** {@code announced}: others may have joined. */
    void watch(Exchange exchange, Flight flight, boolean announced) {
        exchange.tap(new FlightRecorder(flight, target.provider().family()));
        exchange.onFinish((finished, completion) -> land(finished, completion, flight, announced));
    }

    private void land(Exchange exchange, Completion completion, Flight flight, boolean announced) {
        Metered metered = exchange.metered().orNull();
        Landing landing = new Landing(completion.end(), flight.status(), flight.headers(), flight.whole(), metered);
        try {
            if (flight.status() != 0) {
                keep(exchange, landing, flight.form());
            }
        } finally {
            if (announced) {
                caching.flights().land(admitted.key(), flight, landing);
            } else {
                flight.land(landing);
            }
        }
    }

    private void keep(Exchange exchange, Landing landing, Form asked) {
        byte[] body = landing.body();
        Metered metered = landing.metered();
        Target answering = exchange.answering();
        if (metered == null || answering == null || !target.isSamePlace(answering)) {
            return; // another target than the key is of answered in its place
        }
        Unkept reason = Unkept.reason(new AnswerFacts(
                exchange.endpoint().dialect().name(),
                exchange.endpoint().operation(),
                landing.status(),
                landing.end(),
                metered.report().finish(),
                body != null && AnswerScan.callsTools(body),
                body != null && AnswerScan.refuses(body),
                body != null));
        if (reason != null || body == null) {
            caching.counters().unkept(reason == null ? Unkept.TOO_LARGE : reason);
            return;
        }
        Instant now = caching.clock().instant();
        Form form = Form.of(asked, target.provider().family(), Replay.contentType(landing.headers()));
        caching.counters().kept();
        var unused = caching.store()
                .put(
                        admitted.key(),
                        new StoredReply(
                                landing.status(),
                                landing.headers(),
                                body,
                                form != Form.PLAIN,
                                exchange.endpoint().dialect().name(),
                                exchange.endpoint().operation(),
                                target.provider().name(),
                                target.model(),
                                metered.report().model(),
                                metered.report().usage(),
                                metered.cost(),
                                now,
                                now.plus(admitted.policy().ttl()),
                                admitted.scope()));
    }
}
