package io.tollgate.server.serve;

import io.tollgate.core.text.JsonString;
import io.tollgate.routing.promptcache.PromptCacheReport;
import io.tollgate.routing.promptcache.PromptCacheReport.Row;
import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminResource;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code GET prompt-cache}: what marks for the provider's cache brought, and what broke prefixes that used to be read. */
final class PromptCacheResource {
    static final String PATH = "/api/v1/prompt-cache";

    private PromptCacheResource() {}

    static AdminResource of(PromptCacheReport report) {
        return AdminResource.get(request -> AdminAnswer.json(report.rows().stream()
                .map(PromptCacheResource::json)
                .collect(Collectors.joining(",", "{\"rows\":[", "]}"))));
    }

    private static String json(Row row) {
        return "{\"feature\":" + JsonString.quote(row.feature())
                + ",\"model\":" + JsonString.quote(row.model())
                + ",\"hits\":" + row.hits()
                + ",\"writes\":" + row.writes()
                + ",\"saved_nanos\":" + row.savedNanos()
                + ",\"broken_by\":" + orNull(row.brokenBy())
                + ",\"breaks\":" + row.breaks()
                + ",\"cost_nanos\":" + row.costNanos()
                + ",\"example_request_id\":" + orNull(row.exampleRequestId()) + "}";
    }

    private static String orNull(@Nullable String text) {
        return text == null ? "null" : JsonString.quote(text);
    }
}
