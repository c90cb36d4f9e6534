package io.tollgate.server.serve;

import io.tollgate.budget.report.Period;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.waste.WasteFinder;
import io.tollgate.budget.waste.WasteFormat;
import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminProblem;
import io.tollgate.server.admin.AdminRequest;
import io.tollgate.server.admin.AdminResource;
import io.tollgate.server.config.Config;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET waste?from=&to=}: what of the money was wasted, by default within the last 30 days. One question is looked
 * into at a time, and its answer holds for a minute.
 */
final class WasteResource {
    static final String PATH = "/api/v1/waste";

    private static final long HOLDS_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final int MOST_ANSWERS = 8;

    private record Answer(long atMillis, String json) {}

    private final Supplier<Config> config;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    WasteResource(Supplier<Config> config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    AdminResource resource() {
        return AdminResource.get(this::answer);
    }

    private AdminAnswer answer(AdminRequest request) {
        String from = request.parameter("from");
        String to = request.parameter("to");
        lock.lock();
        try {
            return AdminAnswer.json(json(from == null && to == null ? "30d" : from, to));
        } catch (IllegalArgumentException e) {
            throw new AdminProblem(400, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw new AdminProblem(503, String.valueOf(e.getMessage()));
        } finally {
            lock.unlock();
        }
    }

    private String json(@Nullable String from, @Nullable String to) {
        Config current = config.get();
        String question = from + "\n" + to + "\n" + current.timezone();
        long now = clock.millis();
        answers.values().removeIf(answer -> now - answer.atMillis() >= HOLDS_MILLIS);
        Answer known = answers.get(question);
        if (known != null) {
            return known.json();
        }
        Period period = Period.parse(from, to, current.timezone(), clock);
        String json = WasteFormat.JSON.write(new WasteFinder(current.dataDir(), Prices.of(current), clock)
                .find(period, current.timezone(), done -> {}));
        if (answers.size() >= MOST_ANSWERS) {
            answers.remove(answers.keySet().iterator().next());
        }
        answers.put(question, new Answer(now, json));
        return json;
    }
}
