package io.tollgate.budget.identity;

import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out who calls. Without configured keys everyone is admitted; with them, one must be presented. */
public final class AuthenticateStep implements Step {
    private final Keyring keyring;

    /** By these keys. */
    public AuthenticateStep(Keyring keyring) {
        this.keyring = keyring;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        VirtualKey key = null;
        String mark = null;
        Set<String> withheld = Set.of();
        boolean presented = false;
        for (String place : Credentials.PLACES) {
            for (String credential : Credentials.in(exchange.head(), place)) {
                presented = true;
                byte[] hash = KeyDigest.of(credential);
                VirtualKey found = keyring.find(hash);
                if (found != null) {
                    withheld = with(withheld, place); // also where a second place repeats a key
                    key = key == null ? found : key;
                }
                mark = mark == null ? HexFormat.of().formatHex(hash, 0, 16) : mark;
            }
        }
        if (!keyring.isEmpty()) {
            Refusal refusal = refusal(key, presented, exchange.receivedAt());
            if (refusal != null) {
                exchange.caller().decide(Caller.ANONYMOUS);
                return Outcome.reply(new Reply.Refused(refusal));
            }
        }
        exchange.caller()
                .decide(
                        key == null
                                ? new Caller(null, Tags.NONE, List.of(), mark, Set.of())
                                : new Caller(key.id(), key.tags(), key.allowModels(), mark, withheld));
        return Outcome.NEXT;
    }

    private static Set<String> with(Set<String> names, String name) {
        if (names.isEmpty()) {
            return Set.of(name);
        }
        Set<String> more = new LinkedHashSet<>(names);
        more.add(name);
        return more;
    }

    private static @Nullable Refusal refusal(@Nullable VirtualKey key, boolean presented, Instant at) {
        String problem;
        if (key == null) {
            problem = presented
                    ? "the key presented is not one of this gateway's"
                    : "no key was presented; send one in x-tollgate-key, Authorization: Bearer, x-api-key or"
                            + " x-goog-api-key";
        } else if (key.disabled()) {
            problem = "key " + key.id() + " is disabled";
        } else if (key.expires() != null && !at.isBefore(key.expires())) {
            problem = "key " + key.id() + " expired at " + key.expires();
        } else {
            return null;
        }
        return new Refusal(ErrorKind.UNAUTHENTICATED, problem);
    }
}
