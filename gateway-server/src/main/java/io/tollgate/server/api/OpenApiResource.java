package io.tollgate.server.api;

import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET openapi.json}: what the admin port offers, for programs that ask. */
public final class OpenApiResource {
    /** The path. */
    public static final String PATH = "/api/v1/openapi.json";

    private OpenApiResource() {}

    /** The resource. */
    public static AdminResource create() {
        byte[] document = document();
        return AdminResource.get(request -> new AdminAnswer(200, "application/json", document));
    }

    private static byte[] document() {
        try (InputStream in = OpenApiResource.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(in, "openapi.json").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
