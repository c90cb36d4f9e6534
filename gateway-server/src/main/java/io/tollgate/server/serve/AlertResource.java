package io.tollgate.server.serve;

import io.tollgate.budget.alerts.Alerts;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.view.AlertJson;
import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminProblem;
import io.tollgate.server.admin.AdminRequest;
import io.tollgate.server.admin.AdminResource;

/** {@code GET alerts?limit=&before=}: what was raised, newest first, and whether it was delivered. */
final class AlertResource {
    static final String PATH = "/api/v1/alerts";

    private static final int DEFAULT_LIMIT = 100;

    private AlertResource() {}

    static AdminResource of(Alerts alerts) {
        return AdminResource.get(request -> {
            int limit = (int) number(request, "limit", DEFAULT_LIMIT, Alerts.MAX_PAGE);
            long before = number(request, "before", Long.MAX_VALUE, Long.MAX_VALUE);
            try {
                return AdminAnswer.json(AlertJson.page(alerts.page(before, limit), limit));
            } catch (StoreException e) {
                throw new AdminProblem(503, String.valueOf(e.getMessage()));
            }
        });
    }

    private static long number(AdminRequest request, String name, long absent, long most) {
        String text = request.parameter(name);
        if (text == null || text.isEmpty()) {
            return absent;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, with the value.
        }
        throw new AdminProblem(400, name + " '" + text + "': expected a number from 1 to " + most);
    }
}
