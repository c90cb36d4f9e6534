package io.tollgate.server.browser;

import static io.tollgate.server.browser.DashboardPage.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tollgate.server.gateway.TestGateway;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardControlsTest {
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
    void filters_stand_in_the_url_narrow_every_figure_and_can_be_gone_back_over(Browser browser) {
        try (DashboardPage page = DashboardPage.open(browser, url).loaded()) {
            page.panel("Cost").getByRole(AriaRole.BUTTON, named("checkout")).click();
            PlaywrightAssertions.assertThat(page.page()).hasURL(url + "?team=checkout");
            expect(page.panel("Cost").locator("tbody tr")).hasCount(1);
            expect(page.panel("Requests").locator("tbody tr td:nth-child(2)").first())
                    .containsText("checkout");
            expect(page.page().getByLabel("team", new Page.GetByLabelOptions().setExact(true)))
                    .hasValue("checkout");

            Locator model = page.page().locator("input[name=model]");
            model.fill("gpt-4o-mini");
            model.press("Tab");
            page.page().getByLabel("Period").selectOption("7d");
            page.panel("Cost").getByRole(AriaRole.BUTTON, named("user")).click();
            PlaywrightAssertions.assertThat(page.page())
                    .hasURL(url + "?period=7d&by=user&team=checkout&model=gpt-4o-mini");
            expect(page.panel("Models").locator("tbody tr")).hasCount(1);
            expect(page.panel("Cost").locator("thead th").first()).hasText("user");
            page.screenshot("filtered");

            page.page().goBack();
            PlaywrightAssertions.assertThat(page.page()).hasURL(url + "?period=7d&team=checkout&model=gpt-4o-mini");
            expect(page.panel("Cost").locator("thead th").first()).hasText("team");
            page.page().getByText("Clear filters").click();
            PlaywrightAssertions.assertThat(page.page()).hasURL(url + "?period=7d");
            expect(page.panel("Cost")).containsText("support");
        }
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    @Test
    void a_filter_that_nothing_meets_says_so(Browser browser) {
        try (DashboardPage page =
                DashboardPage.open(browser, url + "?team=nobody").loaded()) {
            expect(page.panel("Cost")).containsText("No requests in this period.");
            expect(page.panel("Spend over time")).containsText("No requests in this period.");
            expect(page.tile("Spend")).containsText("$0.00");
        }
    }

    @Test
    void the_theme_follows_the_system_until_one_is_chosen_which_is_kept(Browser browser) {
        try (DashboardPage page =
                DashboardPage.open(browser, url, 1280, ColorScheme.DARK).loaded()) {
            Locator root = page.page().locator("html");
            expect(root).hasAttribute("data-theme", "dark");
            expect(page.page().locator("body")).hasCSS("background-color", "rgb(14, 19, 26)");
            page.page().getByText("Light mode").click();
            expect(root).hasAttribute("data-theme", "light");
            page.page().reload();
            page.loaded();
            expect(root).hasAttribute("data-theme", "light");
            expect(page.page().getByText("Dark mode")).isVisible();
        }
    }

    @Test
    void a_request_is_seen_as_it_ends_and_the_sums_follow_without_a_reload(Browser browser) throws Exception {
        try (DashboardPage page =
                DashboardPage.open(browser, url + "?team=live").loaded()) {
            page.page().evaluate("window.sameAsBefore = true");
            expect(page.tile("Spend")).containsText("0 requests");
            BusyGateway.call(gateway, "somebody else");
            BusyGateway.call(gateway, "live");
            expect(page.panel("Requests").locator("tbody tr")).hasCount(1);
            expect(page.panel("Requests")).containsText("live · triage");
            expect(page.tile("Spend")).containsText("1 request");
            assertThat(page.page().evaluate("window.sameAsBefore")).isEqualTo(true);
        }
    }

    @Test
    void what_callers_write_stays_text(Browser browser) throws Exception {
        BusyGateway.call(gateway, "<img src=x onerror=alert(1)>");
        try (DashboardPage page = DashboardPage.open(browser, url).loaded()) {
            expect(page.panel("Cost")).containsText("<img src=x onerror=alert(1)>");
            expect(page.page().locator("main img")).hasCount(0);
        }
    }

    @Test
    void a_gateway_that_is_gone_is_told_of_and_what_was_known_stays(Browser browser) {
        try (DashboardPage page = DashboardPage.open(browser, url).loaded()) {
            page.page().route(Pattern.compile(".*/api/v1/usage.*"), route -> route.abort());
            page.page().getByLabel("Period").selectOption("7d");
            expect(page.page().getByRole(AriaRole.ALERT)).isVisible();
            expect(page.panel("Models")).containsText("gpt-4o");
            page.forgiveComplaints();
        }
    }

    @Test
    void the_admin_token_is_asked_for_and_kept_for_the_tab(Browser browser) throws Exception {
        try (TestGateway guarded = TestGateway.start("admin: {port: 0, token: open-sesame}\n");
                DashboardPage page =
                        DashboardPage.open(browser, guarded.server().adminUrl() + "/")) {
            expect(page.page().getByLabel("Admin token")).isVisible();
            page.screenshot("token");
            assertThat(page.seriousIssues()).isEmpty();
            page.page().getByLabel("Admin token").fill("wrong");
            page.page()
                    .getByText("Open", new Page.GetByTextOptions().setExact(true))
                    .click();
            expect(page.page().getByRole(AriaRole.ALERT)).containsText("not admin.token");
            page.page().getByLabel("Admin token").fill("open-sesame");
            page.page()
                    .getByText("Open", new Page.GetByTextOptions().setExact(true))
                    .click();
            page.loaded();
            page.page().reload();
            page.loaded();
            page.forgiveComplaints();
        }
    }
}
