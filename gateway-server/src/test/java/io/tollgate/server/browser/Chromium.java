package io.tollgate.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Browser}: the Chromium that is installed, one for all of a run. Where there is none, the tests are
 * skipped and say so. {@code TOLLGATE_CHROMIUM} names another than the usual places have.
 */
final class Chromium implements ExecutionCondition, ParameterResolver {
    private static final List<String> USUAL_PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private static final Optional<Path> FOUND = Stream.concat(
                    Stream.ofNullable(System.getenv("TOLLGATE_CHROMIUM")), USUAL_PLACES.stream())
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();

    private record Running(Playwright playwright, Browser browser) implements AutoCloseable {
        static Running start(Path chromium) {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            return new Running(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(chromium)
                                    .setArgs(List.of("--no-sandbox", "--disable-gpu"))));
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return FOUND.map(path -> ConditionEvaluationResult.enabled("driving " + path))
                .orElseGet(() -> ConditionEvaluationResult.disabled(
                        "the dashboard is not tried in a browser: no Chromium at " + String.join(", ", USUAL_PLACES)
                                + " (apt-get install chromium), nor at TOLLGATE_CHROMIUM"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Chromium.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(FOUND.orElseThrow()), Running.class)
                .browser();
    }
}
