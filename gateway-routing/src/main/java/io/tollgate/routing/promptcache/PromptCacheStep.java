package io.tollgate.routing.promptcache;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.CacheUse;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.price.Rates;
import io.tollgate.core.provider.Target;
import io.tollgate.core.step.MeterStep;
import io.tollgate.core.step.ShapeSwitch;
import io.tollgate.core.text.JsonString;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Marks an Anthropic prompt for the provider's cache where it will probably be read again often enough, and names an
 * OpenAI prompt's prefix so that calls that share it reach the same cache. Stands behind the cache of answers: a mark
 * changes what is billed, not what is answered.
 */
public final class PromptCacheStep implements Step {
    private static final String KEY = "prompt_cache_key";
    private static final long LEAST_TOKENS = 1_024;
    private static final double BYTES_PER_TOKEN = 3.6;

    private final boolean enabled;
    private final PrefixMemory memory;
    private final PromptCacheReport report;
    private final PriceCatalogue prices;

    /** By this memory and these prices. */
    public PromptCacheStep(boolean enabled, PromptCaching caching, PriceCatalogue prices) {
        this.enabled = enabled;
        this.memory = caching.memory();
        this.report = caching.report();
        this.prices = prices;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        if (!enabled || exchange.endpoint().operation() != Operation.GENERATE || ShapeSwitch.off(exchange)) {
            return Outcome.NEXT;
        }
        Target target = exchange.route().get().first();
        Family family = exchange.endpoint().dialect().family();
        if (family == Family.ANTHROPIC) {
            mark(exchange, target);
        } else if (family == Family.OPENAI && isOpenAi(target)) {
            name(exchange);
        }
        return Outcome.NEXT;
    }

    /** Hosts that merely speak OpenAI's language may refuse a member they do not know. */
    private static boolean isOpenAi(Target target) {
        return target.provider().name().equals("openai")
                || "api.openai.com".equals(target.provider().baseUrl().getHost());
    }

    private static long scope(Exchange exchange) {
        var caller = exchange.caller().get();
        Target target = exchange.route().get().first();
        String who = caller.key() != null ? caller.key() : Objects.toString(caller.credential(), "");
        return Hash.of(
                Hash.of(Hash.of(Hash.START, who), target.provider().name()),
                Objects.requireNonNullElse(target.model(), ""));
    }

    /** Turns that are left out of what is sent are no place for a mark. */
    private static RequestFacts sent(Exchange exchange) {
        return exchange.facts().get().without(exchange.edits());
    }

    private static void name(Exchange exchange) {
        RequestFacts facts = sent(exchange);
        boolean chatOrResponses = exchange.endpoint().dialect().name().equals("openai-chat")
                || exchange.endpoint().dialect().name().equals("openai-responses");
        if (!chatOrResponses || facts.members().get(KEY) != null) {
            return;
        }
        long hash = scope(exchange);
        for (String name : new String[] {"tools", "instructions"}) {
            Member member = facts.members().get(name);
            if (member != null) {
                hash = Hash.of(hash, exchange.body(), member.value());
            }
        }
        if (!facts.turns().isEmpty()) {
            hash = Hash.of(hash, exchange.body(), facts.turns().getFirst().span());
        }
        exchange.edit(List.of(facts.members().set(KEY, JsonString.quote("tollgate-" + Long.toHexString(hash)))));
    }

    private void mark(Exchange exchange, Target target) {
        Price price = target.model() == null
                ? null
                : prices.price(target.provider().name(), target.model(), exchange.receivedAt());
        if (price == null || Places.marked(exchange.body())) {
            return; // without a price nobody can say what pays
        }
        Rates rates = price.tariff().rates();
        long least =
                price.traits().minCache() < 0 ? LEAST_TOKENS : price.traits().minCache();
        double needed =
                (double) (rates.cacheWrite5m() - rates.input()) / Math.max(1, rates.cacheWrite5m() - rates.cacheRead());
        long scope = scope(exchange);
        String feature = Objects.requireNonNullElse(exchange.tags().get().get("feature"), "");
        Openings.Turns turns = Openings.read(exchange.facts().get(), exchange.body(), scope);
        report.watch(exchange, scope, feature, turns, rates);
        long like =
                Hash.of(Hash.of(scope, feature), capClass(exchange.facts().get().outputCap()));
        boolean marked = false;
        boolean turnsMarked = false;
        for (Prefix prefix : Places.of(sent(exchange), exchange.body(), scope)) {
            if (prefix.bytes() / BYTES_PER_TOKEN < least) {
                continue;
            }
            long group = Hash.of(like, prefix.kind().name());
            if (memory.seen(prefix.hash(), group, exchange.startedNanos()) > needed) {
                exchange.edit(prefix.marking());
                memory.marked(prefix.hash());
                marked = true;
                turnsMarked |= prefix.kind() == Kind.OPENING || prefix.kind() == Kind.TURN;
            }
        }
        if (marked) {
            Openings.Turns cached = turnsMarked ? turns : null;
            exchange.onFinish((finished, completion) -> answered(finished, scope, feature, cached));
        }
    }

    /**
     * Calls whose caps are alike are mostly of one kind: one asks short questions about a long document again and again,
     * another writes once. Anthropic demands a cap, so it is there where no tag is.
     */
    static int capClass(long outputCap) {
        return outputCap < 0 ? -1 : Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, outputCap - 1));
    }

    /** Tells the report what the marks did. All of them are ours, so all that was read and written is. */
    private void answered(Exchange exchange, long scope, String feature, Openings.@Nullable Turns cached) {
        Metered metered = exchange.metered().orNull();
        if (metered == null
                || !metered.cost().isPriced()
                || CacheUse.isFree(exchange.cache().orNull())) {
            return;
        }
        Usage used = metered.report().usage();
        if (used.cacheRead() + used.cacheWrite5m() + used.cacheWrite1h() > 0) {
            report.answered(scope, feature, used, exchange.saved().getOrDefault(MeterStep.PROMPT_CACHE, 0L));
            if (cached != null) {
                report.cached(cached, exchange.startedNanos());
            }
        }
    }
}
