package io.tollgate.server.admin;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.provider.Secret;
import io.tollgate.server.front.InboundRequest;
import io.tollgate.server.front.RequestHandler;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.gateway.HealthPaths;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin port: health for everyone, everything else for whoever holds the token. Resources answer off the event loop,
 * on virtual threads: they read the ledger.
 */
public final class AdminHandler implements RequestHandler {
    private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);

    private final HealthPaths health;
    private final AdminDoor door;
    private final AdminPaths paths;

    /**
     * Serves these.
     *
     * @param token expected as {@code Authorization: Bearer}, or null on a loopback address
     * @param resources by path; a segment in braces, as in {@code /api/v1/budgets/{name}}, takes any value
     */
    public AdminHandler(HealthPaths health, @Nullable Secret token, Map<String, AdminResource> resources) {
        this.health = health;
        this.door = new AdminDoor(token);
        this.paths = new AdminPaths(resources);
    }

    @Override
    public void handle(InboundRequest request, ResponseChannel response) {
        RequestHead head = request.head();
        if (health.answer(head, response)) {
            return;
        }
        AdminPaths.Found found;
        try {
            found = paths.find(head.path());
            if (found == null || !found.resource().isForEveryone()) {
                door.check(head);
            }
        } catch (AdminProblem problem) {
            send(response, AdminAnswer.problem(problem.status(), String.valueOf(problem.getMessage())));
            return;
        }
        if (found == null) {
            send(response, AdminAnswer.problem(404, "no " + head.path() + " here; there are " + paths.list()));
            return;
        }
        AdminResource resource = found.resource();
        if (!resource.methods().contains(head.method().name()) && !isHeadOf(resource, head)) {
            send(
                    response,
                    AdminAnswer.problem(
                            405,
                            "expected " + String.join(" or ", new TreeSet<>(resource.methods())) + ", got "
                                    + head.method()));
        } else if (resource.stream() != null && head.method().equals(HttpMethod.GET)) {
            open(resource.stream(), request, response);
        } else {
            byte[] body = request.body().copy();
            Thread.startVirtualThread(() -> {
                AdminAnswer answer = answer(resource, new AdminRequest(head, found.names(), body));
                request.loop().loop().execute(() -> send(response, answer));
            });
        }
    }

    private static boolean isHeadOf(AdminResource resource, RequestHead head) {
        return head.method().equals(HttpMethod.HEAD) && resource.methods().contains("GET");
    }

    private static AdminAnswer answer(AdminResource resource, AdminRequest request) {
        try {
            return resource.answer(request);
        } catch (AdminProblem problem) {
            return AdminAnswer.problem(problem.status(), String.valueOf(problem.getMessage()));
        } catch (RuntimeException e) {
            log.error("admin resource {} failed", request.head().path(), e);
            return AdminAnswer.problem(500, "failed; the gateway's log says why");
        }
    }

    private static void open(AdminStream stream, InboundRequest request, ResponseChannel response) {
        try {
            stream.open(request, response);
        } catch (AdminProblem problem) {
            send(response, AdminAnswer.problem(problem.status(), String.valueOf(problem.getMessage())));
        }
    }

    private static void send(ResponseChannel response, AdminAnswer answer) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("x-content-type-options", "nosniff");
        if (answer.status() == 401) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        answer.headers().forEach(headers::set);
        response.respond(answer.status(), headers, answer.body());
    }

    @Override
    public void reject(@Nullable RequestHead head, Refusal refusal, ResponseChannel response) {
        send(response, AdminAnswer.problem(refusal.kind().status(null), refusal.message()));
    }
}
