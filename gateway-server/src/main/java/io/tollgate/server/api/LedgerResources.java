package io.tollgate.server.api;

import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.UsageTable;
import io.tollgate.budget.report.format.RequestJson;
import io.tollgate.budget.report.format.ResultPage;
import io.tollgate.budget.report.format.UsageJson;
import io.tollgate.budget.report.format.WaterfallJson;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminProblem;
import io.tollgate.server.admin.AdminRequest;
import io.tollgate.server.admin.AdminResource;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code GET usage}, {@code savings}, {@code requests} and {@code requests/{id}}: the ledger, read off the event loops. */
public final class LedgerResources {
    private static final Set<String> GROUPING = Set.of("by", "bucket", "limit", "after");
    private static final Set<String> PAGING = Set.of("limit", "before");
    private static final int MOST_GROUPS = 100_000;
    private static final int USUAL_GROUPS = 10_000;
    private static final int USUAL_ROWS = 100;

    private final LedgerReader ledger;
    private final Supplier<ZoneId> zone;
    private final InstantSource clock;

    /** Of this ledger, in this time zone where a request names none. */
    public LedgerResources(LedgerReader ledger, Supplier<ZoneId> zone, InstantSource clock) {
        this.ledger = ledger;
        this.zone = zone;
        this.clock = clock;
    }

    /** By path. */
    public Map<String, AdminResource> byPath() {
        return Map.of(
                "/api/v1/usage", get(request -> grouped(request, UsageJson::write)),
                "/api/v1/savings", get(request -> grouped(request, WaterfallJson::write)),
                "/api/v1/requests", get(this::requests),
                "/api/v1/requests/{id}", get(this::request));
    }

    private static AdminResource get(Function<AdminRequest, String> json) {
        return AdminResource.get(request -> {
            try {
                return AdminAnswer.json(json.apply(request));
            } catch (StoreException e) {
                throw new AdminProblem(503, String.valueOf(e.getMessage()));
            } catch (IllegalArgumentException e) {
                throw new AdminProblem(400, String.valueOf(e.getMessage()));
            }
        });
    }

    private String grouped(AdminRequest request, BiFunction<UsageTable, ResultPage, String> format) {
        Question question = Question.of(request, GROUPING, zone.get(), clock);
        ResultPage page = new ResultPage(
                request.number("after", 0, 0, MOST_GROUPS), request.number("limit", USUAL_GROUPS, 1, MOST_GROUPS));
        return format.apply(ledger.usage(question.grouped(request)), page);
    }

    private String requests(AdminRequest request) {
        Question question = Question.of(request, PAGING, zone.get(), clock);
        int limit = request.number("limit", USUAL_ROWS, 1, LedgerReader.MAX_PAGE);
        String before = request.parameter("before");
        return RequestJson.page(
                ledger.requests(
                        question.period(), question.where(), limit, before == null || before.isEmpty() ? null : before),
                question.zone());
    }

    private String request(AdminRequest request) {
        List<UsageRow> attempts = ledger.request(request.name("id"));
        if (attempts.isEmpty()) {
            throw new AdminProblem(
                    404, "no request " + request.name("id") + " in the ledger; it is written when its answer is over");
        }
        return RequestJson.explained(request.name("id"), attempts);
    }
}
