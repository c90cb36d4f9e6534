package io.tollgate.server.browser;

import static io.tollgate.server.browser.DashboardPage.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import io.tollgate.budget.rollup.RollUps;
import io.tollgate.server.gateway.SampleLedger;
import io.tollgate.server.gateway.TestGateway;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Chromium.class)
class DashboardSizesTest {
    /** A million ({@code -Dtollgate.browser.rows=1000000}) takes a minute to make on a busy machine. */
    private static final int MANY = Integer.getInteger("tollgate.browser.rows", 200_000);

    @Test
    void an_empty_ledger_says_what_to_do_next(Browser browser) {
        try (TestGateway gateway = TestGateway.start();
                DashboardPage page = DashboardPage.open(
                                browser, gateway.server().adminUrl() + "/", 400, ColorScheme.DARK)
                        .loaded()) {
            expect(page.panel("Requests")).containsText("Point an SDK's base URL at the traffic port");
            expect(page.panel("Savings")).containsText("Nothing to compare yet.");
            expect(page.panel("Budgets")).containsText("No budgets are configured.");
            expect(page.panel("Top waste")).containsText("No waste found");
            expect(page.panel("Alerts")).containsText("No alert has fired.");
            expect(page.panel("Spend over time")).containsText("No requests in this period.");
            page.screenshot("empty");
            assertThat(page.seriousIssues()).isEmpty();
            assertThat(page.overhang()).isZero();
        }
    }

    @Test
    void a_month_of_many_requests_is_there_in_a_moment(Browser browser) throws Exception {
        Path data = BusyGateway.folder();
        Instant now = Clock.systemUTC().instant();
        long begun = System.nanoTime();
        SampleLedger.write(data, 1, MANY, now.minus(Duration.ofDays(29)), now);
        long written = System.nanoTime();
        try (RollUps rollUps = new RollUps(data, ZoneId.of("UTC"), () -> now)) {
            rollUps.catchUp();
        }
        long rolled = System.nanoTime();
        try (TestGateway gateway = TestGateway.startOn(data, "");
                DashboardPage page =
                        DashboardPage.open(browser, gateway.server().adminUrl() + "/?period=30d")) {
            expect(page.tile("Spend")).containsText(" requests");
            long seen = System.nanoTime();
            page.loaded();
            System.out.printf(
                    "%d rows: written in %d ms, rolled up in %d ms, figures seen after %d ms, all panels after %d ms%n",
                    MANY,
                    (written - begun) / 1_000_000,
                    (rolled - written) / 1_000_000,
                    (seen - rolled) / 1_000_000,
                    (System.nanoTime() - rolled) / 1_000_000);
            expect(page.panel("Cost").locator("tbody tr")).hasCount(5);
            expect(page.panel("Requests").locator("tbody tr")).hasCount(30);
            page.screenshot("big");
            assertThat(page.overhang()).isZero();
            assertThat(Duration.ofNanos(seen - rolled)).isLessThan(Duration.ofSeconds(30));
        }
    }
}
