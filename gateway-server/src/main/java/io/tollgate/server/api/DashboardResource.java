package io.tollgate.server.api;

import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminRequest;
import io.tollgate.server.admin.AdminResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One file of the dashboard. The page holds no figures, so everyone may have it; it asks the API for them, which wants the
 * token. Nothing but its own files may run in it.
 */
public final class DashboardResource implements AdminResource {
    private static final String FOLDER = "/io/tollgate/server/dashboard/";
    private static final List<String> FILES = List.of(
            "app.js",
            "app.css",
            "api.js",
            "charts.js",
            "format.js",
            "panels.js",
            "state.js",
            "icon.svg",
            "vendor/htm-preact.module.js",
            "vendor/uPlot.esm.js",
            "vendor/uPlot.min.css");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String type;
    private final byte[] content;
    private final Map<String, String> headers;

    private DashboardResource(String file) {
        this.type = Objects.requireNonNull(TYPES.get(file.substring(file.lastIndexOf('.') + 1)), file);
        this.content = read(file);
        this.headers = Map.of(
                "etag",
                "\"" + hash(content) + "\"",
                "cache-control",
                "no-cache",
                "content-security-policy",
                POLICY,
                "referrer-policy",
                "no-referrer");
    }

    /** The page and its files. */
    public static Map<String, AdminResource> byPath() {
        Map<String, AdminResource> resources = new HashMap<>();
        resources.put("/", new DashboardResource("index.html"));
        FILES.forEach(file -> resources.put("/dashboard/" + file, new DashboardResource(file)));
        return resources;
    }

    private static byte[] read(String file) {
        try (InputStream in = DashboardResource.class.getResourceAsStream(FOLDER + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET");
    }

    @Override
    public boolean isForEveryone() {
        return true;
    }

    @Override
    public AdminAnswer answer(AdminRequest request) {
        boolean known = Objects.equals(headers.get("etag"), request.head().header("if-none-match"));
        return new AdminAnswer(known ? 304 : 200, type, known ? new byte[0] : content, headers);
    }
}
