package io.tollgate.budget.waste;

/** The queries' frame. SQLite sorts and groups on disk where memory ends, so that memory does not grow with the rows. */
final class WasteSql {
    /** The period's bought rows: not refused, not from the cache. Binds two keys and two moments. */
    private static final String BOUGHT = """
            WITH b AS (SELECT r.seq, r.at, r.request_id id, s.provider, coalesce(s.model_sent, s.model_asked) model, \
            coalesce(s.key_id, '') key, json_extract(r.tags, '$.feature') feature, json_extract(r.tags, '$.task') task, \
            r.session, r.input + r.cache_write_5m + r.cache_write_1h fresh, r.cache_read, \
            r.input + r.cache_write_5m + r.cache_write_1h + r.cache_read prompt, r.output, \
            coalesce(r.cost_nanos, 0) cost, r.cap, s.cap_source, s.end, s.status, s.cache, \
            r.request_hash, r.prefix_hash, r.prefix_bytes, r.system_bytes, r.body_bytes, \
            r.document_hash, r.document_bytes \
            FROM usage_row r JOIN call_shape s ON s.id = r.shape \
            WHERE r.seq >= ? AND r.seq <= ? AND r.at >= ? AND r.at < ? AND s.operation = 'GENERATE' \
            AND s.end NOT IN ('refused', 'cached') AND s.provider IS NOT NULL \
            AND (s.cache IS NULL OR s.cache NOT IN ('hit', 'semantic-hit', 'coalesced')))\s""";

    /** Rows with what the same request had before them: {@code g}, a subquery. */
    static final String REPEATED = """
            WITH g AS (SELECT *, coalesce(session = prev_session, 0) OR prev_end <> 'complete' again FROM (\
            SELECT *, lag(at) OVER same prev, lag(session) OVER same prev_session, lag(end) OVER same prev_end, \
            lag(cost) OVER same prev_cost FROM b WHERE request_hash IS NOT NULL \
            WINDOW same AS (PARTITION BY request_hash, key, model ORDER BY at, seq)) WHERE prev IS NOT NULL)\s""";

    private WasteSql() {}

    static String of(WasteKind kind) {
        return BOUGHT + "SELECT provider, model, feature, count(*), CAST(sum(wi) AS INTEGER), CAST(sum(wr) AS INTEGER),"
                + " CAST(sum(wo) AS INTEGER), sum(wn), min(id), max(id), max(fact) FROM (" + kind.sql()
                + ") GROUP BY 1, 2, 3 HAVING count(*) >= " + kind.least();
    }
}
