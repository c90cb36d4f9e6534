package io.tollgate.budget.alerts.channel;

import io.tollgate.budget.alerts.Verdict;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts alerts. Follows no redirect (a receiver must not send a secret elsewhere), reads no answer beyond its head, and
 * says of a failure nothing that could hold a URL. Any thread.
 */
public final class HttpSender implements AutoCloseable {
    /** For one attempt, from connecting to the end of the answer. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);

    private final Duration patience;
    private final InstantSource clock;
    private @Nullable HttpClient client;

    /** With the usual patience. */
    public HttpSender(InstantSource clock) {
        this(clock, PATIENCE);
    }

    /** With this much time for one attempt. */
    public HttpSender(InstantSource clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /** Made for the first alert: trusting the system's certificates takes a tenth of a second that no start need wait for. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_PATIENCE)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
        }
        return client;
    }

    /** One attempt. */
    Verdict post(HttpRequest.Builder request, byte[] body) throws InterruptedException {
        HttpRequest whole = request.header("content-type", "application/json; charset=utf-8")
                .header("user-agent", "tollgate")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<Void>> answer =
                client().sendAsync(whole, HttpResponse.BodyHandlers.discarding());
        try {
            return verdict(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Verdict.retry("no answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Verdict.retry(why(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private static String why(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> "sending failed";
            case ConnectException e -> "cannot be connected to";
            case HttpTimeoutException e -> "cannot be connected to in time";
            case SSLException e -> "TLS fails: " + e.getClass().getSimpleName();
            case IOException e -> "the connection broke: " + e.getClass().getSimpleName();
            default -> "sending failed: " + failure.getClass().getSimpleName();
        };
    }

    /**
     * What is wrong with the alert itself stays wrong. All else may be repaired while it is tried again: a receiver that
     * is being deployed, a URL or a key that is put right in the configuration.
     */
    private Verdict verdict(HttpResponse<?> answer) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return Verdict.DELIVERED;
        }
        String reason = "answered " + status;
        return switch (status) {
            case 400, 413, 415, 422 -> Verdict.refused(reason);
            case 301, 302, 303, 307, 308 -> Verdict.refused(reason + ", and redirects are not followed");
            default ->
                Verdict.retry(
                        reason,
                        retryAfter(answer.headers().firstValue("retry-after").orElse("")));
        };
    }

    private Duration retryAfter(String value) {
        String text = value.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), until.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
