package io.tollgate.budget.waste;

import java.util.Locale;

/**
 * A kind of waste, and the SQL that finds its rows among the period's bought ones ({@code b}, see {@link WasteSql}).
 * Each gives {@code provider, model, feature, id} and what was wasted: {@code wi, wr, wo} tokens of new input, of input
 * at the price of cached one, and of output; {@code wn} nano-dollars; {@code fact} what the detail tells of.
 */
public enum WasteKind {
    /** Asked and bought again within a day. */
    IDENTICAL_REQUESTS(
            2,
            Valuation.NANOS,
            "Identical requests are bought again",
            "cache.exact.enabled: true, with a ttl of 24h",
            WasteSql.REPEATED
                    + "SELECT provider, model, feature, id, 0 wi, 0 wr, 0 wo, cost wn, cache fact FROM g"
                    + " WHERE at - prev <= 86400000 AND NOT again AND end = 'complete' AND status = 200 AND cost > 0"),
    /** A dear model for what a small one does as well. */
    EXPENSIVE_MODEL(
            5,
            Valuation.CHEAPER_MODEL,
            "An expensive model does simple tasks",
            "routing: a rule with when: {task: …} and use: [a smaller model]",
            "SELECT provider, model, feature, id, fresh wi, cache_read wr, output wo, cost wn, task fact FROM b"
                    + " WHERE output <= 500 AND task IN ('classify', 'extract', 'translate')"),
    /** No cap on the answer's length. */
    NO_CAP(
            20,
            Valuation.TOKENS,
            "Answers have no cap",
            "output.learn.enabled: true, or output.default",
            "SELECT provider, model, feature, id, 0 wi, 0 wr, max(0, output - p95 * 3 / 2) wo, 0 wn, p95 fact FROM ("
                    + " SELECT *, max(CASE WHEN d <= 0.95 THEN output ELSE 0 END)"
                    + "  OVER (PARTITION BY provider, model, feature, task) p95 FROM ("
                    + "  SELECT *, percent_rank() OVER (PARTITION BY provider, model, feature, task ORDER BY output) d"
                    + "  FROM b WHERE cap IS NULL AND output > 0 AND end = 'complete'))"),
    /** A cap that no answer comes near. */
    LOOSE_CAP(
            20,
            Valuation.TOKENS,
            "The cap is far above what answers use",
            "output.learn.enabled: true, or a lower max_tokens",
            "SELECT provider, model, feature, id, 0 wi, 0 wr, 0 wo, 0 wn, cap || ' where none used more than ' || most fact"
                    + " FROM (SELECT *, max(output) OVER (PARTITION BY provider, model, feature, task) most"
                    + " FROM b WHERE end = 'complete' AND cap IS NOT NULL AND cap_source IN ('caller', 'policy'))"
                    + " WHERE cap >= 8 * max(most, 64)"),
    /** The same tools and system prompt again within five minutes, not read from the provider's cache. */
    UNCACHED_PREFIX(
            3,
            Valuation.CACHED_INPUT,
            "A stable prefix misses the provider's cache",
            "shaping.prompt_cache.enabled: true, with what changes moved behind the prefix",
            "SELECT provider, model, feature, id, missed wi, 0 wr, 0 wo, 0 wn, prefix_bytes fact FROM ("
                    + " SELECT *, min(fresh, max(0, prompt * prefix_bytes / body_bytes - cache_read)) missed,"
                    + "  lag(at) OVER (PARTITION BY prefix_hash, key, model ORDER BY at, seq) prev"
                    + " FROM b WHERE prefix_bytes >= 4096 AND body_bytes > 0)"
                    + " WHERE at - prev <= 300000 AND missed >= 512"),
    /** A session's prompts grow beyond what its first ten calls needed. */
    GROWING_HISTORY(
            3,
            Valuation.TOKENS,
            "History grows without bound",
            "shaping.history.max_turns: 20",
            "SELECT provider, model, feature, id, over * fresh / prompt wi, over * cache_read / prompt wr, 0 wo, 0 wn,"
                    + " prompt fact FROM (SELECT *, prompt - tenth over FROM (SELECT *,"
                    + "  row_number() OVER (PARTITION BY key, session ORDER BY at, seq) nth,"
                    + "  first_value(prompt) OVER (PARTITION BY key, session ORDER BY at, seq) first,"
                    + "  nth_value(prompt, 10) OVER (PARTITION BY key, session ORDER BY at, seq) tenth"
                    + " FROM b WHERE session IS NOT NULL AND prompt > 0))"
                    + " WHERE nth > 10 AND prompt > tenth * 3 / 2 AND prompt > first * 2"),
    /** A document that was sent before, within a day. */
    REPEATED_DOCUMENT(
            3,
            Valuation.CACHED_INPUT,
            "A large document is sent again and again",
            "shaping.truncate, sending the parts that matter; or the document first and shaping.prompt_cache",
            "SELECT provider, model, feature, id, missed wi, 0 wr, 0 wo, 0 wn, document_bytes fact FROM ("
                    + " SELECT *, min(fresh, max(0, prompt * document_bytes / body_bytes - cache_read)) missed,"
                    + "  lag(at) OVER (PARTITION BY document_hash, key, model ORDER BY at, seq) prev,"
                    + "  lag(request_hash) OVER (PARTITION BY document_hash, key, model ORDER BY at, seq) other"
                    + " FROM b WHERE document_bytes > 0 AND body_bytes > 0)"
                    + " WHERE at - prev <= 86400000 AND other <> request_hash AND missed >= 512"),
    /** A long answer where one value was wanted. */
    LONG_OUTPUT(
            3,
            Valuation.TOKENS,
            "Long answers are read for one value",
            "output.by_task: {classify: 16, extract: 256}",
            "SELECT provider, model, feature, id, 0 wi, 0 wr,"
                    + " output - CASE task WHEN 'classify' THEN 16 ELSE 256 END wo, 0 wn, task fact FROM b"
                    + " WHERE (task = 'classify' AND output > 64) OR (task = 'extract' AND output > 512)"),
    /** The same request again within ten minutes, in the same session or after a failure. */
    RETRIES_AND_LOOPS(
            2,
            Valuation.NANOS,
            "Retries and loops are paid for",
            "run_limits: {repeated_tool_call: 4, failures: 5}; and cache.exact",
            WasteSql.REPEATED
                    + "SELECT provider, model, feature, id, 0 wi, 0 wr, 0 wo, min(cost, prev_cost) wn, prev_end fact"
                    + " FROM g WHERE again AND at - prev <= 600000 AND min(cost, prev_cost) > 0"),
    /** A system prompt of more than 16 KiB that is half of the prompt or more. */
    VERBOSE_SYSTEM_PROMPT(
            10,
            Valuation.TOKENS,
            "The system prompt is verbose",
            "a shorter system prompt: ./tollgate audit FILE says where",
            "SELECT provider, model, feature, id, 0 wi, (prompt * system_bytes / body_bytes - 2000) / 2 wr, 0 wo, 0 wn,"
                    + " system_bytes fact FROM b WHERE system_bytes >= 16384 AND system_bytes * 2 >= body_bytes"
                    + " AND prompt * system_bytes / body_bytes > 2000");

    /** How wasted tokens become money. */
    enum Valuation {
        /** They are money already. */
        NANOS,
        /** Each at its price. */
        TOKENS,
        /** Input at the difference to cached input. */
        CACHED_INPUT,
        /** What was paid, less what the smaller model would have cost. */
        CHEAPER_MODEL
    }

    private final int least;
    private final Valuation valuation;
    private final String title;
    private final String setting;
    private final String sql;

    WasteKind(int least, Valuation valuation, String title, String setting, String sql) {
        this.least = least;
        this.valuation = valuation;
        this.title = title;
        this.setting = setting;
        this.sql = sql;
    }

    /** Fewer requests are no finding. */
    int least() {
        return least;
    }

    Valuation valuation() {
        return valuation;
    }

    /** Whether it is worth telling without an amount. */
    boolean toldWithoutMoney() {
        return this == NO_CAP || this == LOOSE_CAP;
    }

    /** What it is, in a line. */
    public String title() {
        return title;
    }

    /** What removes it. */
    public String setting() {
        return setting;
    }

    /** Its name in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sql() {
        return sql;
    }
}
