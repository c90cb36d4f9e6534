package io.tollgate.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private static final Pattern FILES_OF_PAGE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    private static final Pattern IMPORTS = Pattern.compile("from '\\./([^']+)'");

    @Test
    void the_page_and_all_it_names_are_served_and_nothing_else_may_run_in_it() throws Exception {
        try (TestGateway gateway = TestGateway.start("")) {
            HttpResponse<String> page = get(gateway, "/");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
            assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(filesIn(gateway, "/", FILES_OF_PAGE, page.body())).isEqualTo(4);
            HttpResponse<String> app = get(gateway, "/dashboard/app.js");
            assertThat(filesIn(gateway, "/dashboard/", IMPORTS, app.body())).isGreaterThan(4);
        }
    }

    @Test
    void a_browser_that_has_a_file_is_not_sent_it_again() throws Exception {
        try (TestGateway gateway = TestGateway.start("")) {
            String tag = get(gateway, "/dashboard/app.js")
                    .headers()
                    .firstValue("etag")
                    .orElseThrow();

            HttpResponse<String> again = get(gateway, "/dashboard/app.js", "if-none-match", tag);

            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    private static int filesIn(TestGateway gateway, String folder, Pattern naming, String text) throws Exception {
        Matcher named = naming.matcher(text);
        int files = 0;
        while (named.find()) {
            String path = folder + named.group(1);
            assertThat(get(gateway, path).statusCode()).as(path).isEqualTo(200);
            files++;
        }
        return files;
    }

    private static HttpResponse<String> get(TestGateway gateway, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway.server().adminUrl() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return gateway.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
