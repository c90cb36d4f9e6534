package io.tollgate.server.config;

import io.tollgate.server.config.yaml.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running configuration, renewed when its file, a secret file it names or another watched file changes. A bad edit
 * changes nothing and is reported. {@link #current} and {@link #status} may be read by any thread; loading happens on the
 * source's own thread, or on the one that calls {@link #pollOnce} or {@link #reload}.
 */
public final class ConfigSource implements AutoCloseable {
    /** Takes a new configuration over; called by one thread at a time. */
    @FunctionalInterface
    public interface Listener {
        /** Puts {@code next} into effect, or refuses it and changes nothing. */
        void apply(Config next) throws ConfigException;
    }

    private static final Logger log = LoggerFactory.getLogger(ConfigSource.class);

    private final Path file;
    private final List<Path> alsoWatched;
    private final ConfigLoader loader;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("config-watcher").factory());
    private volatile Config current;
    private volatile ReloadStatus status;
    private Set<Path> secretFiles;
    private String loaded;
    private @Nullable String seen;
    private Listener listener = next -> {};
    private @Nullable ScheduledFuture<?> polling;

    /**
     * Loads the first configuration; throws when it is not sound.
     *
     * @param alsoWatched other files whose change means a reload, e.g. price overrides; the listener reads them
     */
    public ConfigSource(Path file, List<Path> alsoWatched, ConfigLoader loader, Clock clock) throws ConfigException {
        this.file = file;
        this.alsoWatched = List.copyOf(alsoWatched);
        this.loader = loader;
        this.clock = clock;
        LoadedConfig first = loader.load(file);
        this.current = first.config();
        this.secretFiles = first.secretFiles();
        this.loaded = Fingerprint.of(watched());
        this.status = new ReloadStatus(clock.instant(), List.of(), first.warnings());
    }

    /** The configuration in effect. */
    public Config current() {
        return current;
    }

    /** How the last loading went. */
    public ReloadStatus status() {
        return status;
    }

    /** Watches from now on, looking every {@code interval}. A change is taken up once it looks the same twice. */
    public synchronized void watch(Duration interval, Listener changes) {
        listener = changes;
        if (polling != null) {
            polling.cancel(false);
        }
        polling = thread.scheduleWithFixedDelay(
                this::pollSafely, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void pollSafely() {
        try {
            pollOnce();
        } catch (RuntimeException e) {
            log.error("looking for changes of {} failed", file, e);
        }
    }

    /**
     * Looks once; true when something was loaded, applied or not. What is found changed must look the same at the next
     * look: an editor may be in the middle of writing, and half a file can be sound and lack its last sections.
     */
    public synchronized boolean pollOnce() {
        String now = Fingerprint.of(watched());
        if (now.equals(loaded)) {
            seen = null;
            return false;
        }
        if (!now.equals(seen)) {
            seen = now;
            return false;
        }
        load(now);
        return true;
    }

    /** Loads now, changed or not. */
    public synchronized ReloadStatus reload() {
        load(Fingerprint.of(watched()));
        return status;
    }

    private void load(String fingerprint) {
        loaded = fingerprint;
        seen = null;
        try {
            LoadedConfig next = loader.load(file);
            List<Problem> warnings = new ArrayList<>(next.warnings());
            warnings.addAll(RestartNeeds.between(current, next.config(), file.toString()));
            Config effective = next.config().withFixedPartsOf(current);
            refuseOpenDoors(effective);
            listener.apply(effective);
            current = effective;
            if (!next.secretFiles().equals(secretFiles)) {
                secretFiles = next.secretFiles();
                loaded = Fingerprint.of(watched());
            }
            status = new ReloadStatus(clock.instant(), List.of(), List.copyOf(warnings));
            log.info("configuration reloaded from {}", file);
            warnings.forEach(warning -> log.warn("{}", warning));
        } catch (ConfigException e) {
            status = new ReloadStatus(clock.instant(), e.problems(), List.of());
            log.error(
                    "configuration not reloaded, the former one runs on; problems: {}",
                    e.problems().size());
            e.problems().forEach(problem -> log.error("{}", problem));
        }
    }

    /** A loopback host that only a restart would bring into effect must not open the door before. */
    private void refuseOpenDoors(Config effective) throws ConfigException {
        List<Problem> problems = OpenDoors.of(effective).stream()
                .map(door -> new Problem(
                        file.toString(),
                        0,
                        0,
                        door.section() + "." + door.key(),
                        door.message() + " (before a restart)"))
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private Set<Path> watched() {
        Set<Path> watched = new HashSet<>(alsoWatched);
        watched.addAll(secretFiles);
        watched.add(file);
        return watched;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
