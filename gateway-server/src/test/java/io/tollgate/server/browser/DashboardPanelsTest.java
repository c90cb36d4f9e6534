package io.tollgate.server.browser;

import static io.tollgate.server.browser.DashboardPage.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tollgate.server.gateway.TestGateway;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardPanelsTest {
    private TestGateway gateway;
    private String url;

    @BeforeAll
    void start() throws Exception {
        gateway = BusyGateway.start();
        url = gateway.server().adminUrl() + "/";
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void every_panel_shows_what_the_gateway_knows(Browser browser) {
        try (DashboardPage page = DashboardPage.open(browser, url).loaded()) {
            for (String figure : List.of("Spend", "Saved")) {
                expect(page.tile(figure)).containsText(Pattern.compile("\\$\\d+\\.\\d\\d"));
            }
            expect(page.tile("Tokens")).containsText(" out");
            for (String figure : List.of("Cache hits", "Errors")) {
                expect(page.tile(figure)).containsText(Pattern.compile("[1-9][\\d.]* %"));
            }
            expect(page.tile("Latency p95")).containsText(Pattern.compile("p50 [\\d.]+ m?s, gateway [\\d.]+ ms"));
            for (String chart :
                    List.of("Spend over time", "Tokens over time", "Latency over time", "Errors and cache hits")) {
                Locator panel = page.panel(chart);
                expect(panel.locator("canvas")).isVisible();
                panel.locator("summary").click();
                assertThat(panel.locator("details tbody tr").count()).as(chart).isGreaterThanOrEqualTo(24);
            }
            expect(page.panel("Cost").locator("tbody tr")).hasCount(5);
            expect(page.panel("Cost")).containsText("research \"R&D\", Köln");
            expect(page.panel("Models")).containsText("claude-sonnet-4-5");
            Locator waterfall = page.panel("Savings").locator("tr");
            expect(waterfall).hasCount(11);
            expect(waterfall.first()).containsText("Without Tollgate");
            expect(waterfall.nth(1)).containsText("exact cache");
            expect(waterfall.nth(3)).containsText("routing (estimate)");
            expect(waterfall.last()).containsText("Cost");
            expect(page.panel("Budgets")).containsText("search-month");
            expect(page.panel("Budgets")).containsText("At this pace it");
            expect(page.panel("Budgets").getByRole(AriaRole.METER)).hasCount(2);
            expect(page.panel("Top waste")).containsText("a month");
            expect(page.panel("Top waste").locator("code").first()).isVisible();
            expect(page.panel("Alerts")).containsText("search-month");
            expect(page.panel("Requests").locator("tbody tr")).hasCount(30);
            expect(page.panel("Requests")).containsText("search · triage");
            expect(page.panel("Requests")).containsText("hit");
            page.screenshot("panels-light");
        }
    }

    @Test
    void figures_over_time_are_told_in_the_gateways_time_zone_not_in_the_browsers(Browser browser) {
        try (DashboardPage page =
                DashboardPage.open(browser, url + "?period=7d").loaded()) {
            expect(page.page().locator("footer")).containsText("Times are in Asia/Kolkata");
            page.panel("Spend over time").locator("summary").click();
            for (String day :
                    page.panel("Spend over time").locator("details tbody th").allTextContents()) {
                assertThat(day).endsWith("12:00 AM");
            }
        }
    }

    @Test
    void a_request_explains_itself_to_the_keyboard(Browser browser) {
        try (DashboardPage page =
                DashboardPage.open(browser, url + "?team=search&feature=triage").loaded()) {
            Locator first = page.panel("Requests").locator("tbody button").first();
            first.focus();
            page.page().keyboard().press("Enter");
            expect(first).hasAttribute("aria-expanded", "true");
            expect(page.panel("Requests").locator("dl"))
                    .containsText("Answered from the cache: the same was asked before.");
            page.screenshot("explained");
            page.page().keyboard().press("Enter");
            expect(page.panel("Requests").locator("dl")).hasCount(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "400, LIGHT", "400, DARK"})
    void axe_finds_nothing_serious_and_nothing_sticks_out(int width, ColorScheme colours, Browser browser) {
        try (DashboardPage page =
                DashboardPage.open(browser, url, width, colours).loaded()) {
            page.page().locator("summary").first().click();
            page.panel("Requests").locator("tbody button").first().click();
            expect(page.panel("Requests").locator("dl")).isVisible();
            page.screenshot(colours.name().toLowerCase(Locale.ROOT) + "-" + width);
            assertThat(page.seriousIssues()).isEmpty();
            assertThat(page.overhang()).as("pixels beyond %d", width).isZero();
        }
    }
}
