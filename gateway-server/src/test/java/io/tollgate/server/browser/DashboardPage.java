package io.tollgate.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The dashboard as somebody sees it. What the page complains about in its console fails the test when it is closed. */
final class DashboardPage implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String AXE = read("/axe.min.js");
    private static final String SERIOUS = """
            async () => (await axe.run(document)).violations
              .filter(found => ['serious', 'critical'].includes(found.impact))
              .map(found => `${found.id}: ${found.help} at ${found.nodes.map(node => node.target.join(' ')).join(', ')}`)
            """;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000); // builds share their machine
    }

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private DashboardPage(BrowserContext context, String url) {
        this.context = context;
        this.page = context.newPage();
        page.setDefaultTimeout(20_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(url);
    }

    /** Opens this address in a window of its own, {@code width} pixels wide. */
    static DashboardPage open(Browser browser, String url, int width, ColorScheme colours) {
        return new DashboardPage(
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setTimezoneId("America/New_York")
                        .setColorScheme(colours)),
                url);
    }

    static DashboardPage open(Browser browser, String url) {
        return open(browser, url, 1280, ColorScheme.LIGHT);
    }

    private static String read(String resource) {
        try (InputStream in = DashboardPage.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Page page() {
        return page;
    }

    /** The panel of this title. */
    Locator panel(String title) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(title).setExact(true));
    }

    /** The key figure of this name: its value and what stands below. */
    Locator tile(String name) {
        return page.locator(".tile").filter(new Locator.FilterOptions().setHasText(name));
    }

    static LocatorAssertions expect(Locator locator) {
        return PlaywrightAssertions.assertThat(locator);
    }

    /** Waits until every panel has its answer and the page is told of requests as they end. */
    DashboardPage loaded() {
        expect(page.getByText("Loading …")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        expect(page.getByRole(AriaRole.STATUS)).hasText("Live");
        return this;
    }

    /** Keeps what is seen, whole, as a file of the build. */
    DashboardPage screenshot(String name) {
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
        return this;
    }

    /** What axe-core finds of serious or critical impact. */
    @SuppressWarnings("unchecked")
    List<String> seriousIssues() {
        page.evaluate(AXE);
        return (List<String>) page.evaluate(SERIOUS);
    }

    /** By how many pixels the page is wider than the window. */
    int overhang() {
        return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** For pages that are meant to be refused something. */
    void forgiveComplaints() {
        complaints.clear();
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).as("what the page wrote to its console").isEmpty();
    }
}
