package io.tollgate.routing.promptcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The policy on recorded traffic, by what it costs against sending everything uncached. */
class PromptCacheReplayTest {
    private static final Path TRAFFIC = traffic("shared/eval/traffic_mooncake_synthetic.jsonl.gz");
    private static final int BLOCK = 512;
    private static final double NEEDED = 0.25 / 1.15;

    private record Call(long millis, int tokens, int cap, long[] prefixes) {}

    /** In a folder beside the checkout, or the one above it. */
    private static Path traffic(String name) {
        Path beside = Path.of("../..", name);
        return Files.exists(beside) ? beside : Path.of("../../..", name);
    }

    private static List<Call> traffic() throws IOException {
        assumeThat(TRAFFIC).exists();
        List<Call> calls = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(TRAFFIC)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] ids =
                        line.substring(line.indexOf('[') + 1, line.indexOf(']')).split(", *");
                long[] prefixes = new long[ids.length];
                long hash = Hash.START;
                for (int i = 0; i < ids.length; i++) {
                    hash = Hash.of(hash, ids[i] + ";");
                    prefixes[i] = hash;
                }
                calls.add(new Call(
                        number(line, "timestamp"),
                        (int) number(line, "input_length"),
                        capFor((int) number(line, "output_length")),
                        prefixes));
            }
        }
        return calls;
    }

    /** The trace tells lengths, not caps: one that callers of answers like this might set, the next power of two. */
    private static int capFor(int length) {
        return length <= 1 ? 1 : Integer.highestOneBit(length - 1) << 1;
    }

    private static long number(String line, String name) {
        int from = line.indexOf("\"" + name + "\": ") + name.length() + 4;
        return Long.parseLong(line.substring(from, line.indexOf(',', from)));
    }

    private interface Policy {
        int depth(Call call, int alive);
    }

    private static double cost(List<Call> calls, long lifetimeMillis, Policy policy) {
        Map<Long, Long> until = new HashMap<>();
        double cost = 0;
        double uncached = 0;
        for (Call call : calls) {
            int alive = 0;
            while (alive < call.prefixes().length && until.getOrDefault(call.prefixes()[alive], -1L) >= call.millis()) {
                alive++;
            }
            int marked = policy.depth(call, alive);
            int read = Math.min(call.tokens(), Math.min(alive, marked) * BLOCK);
            int upTo = Math.min(call.tokens(), marked * BLOCK);
            cost += 0.1 * read + 1.25 * (upTo - read) + (call.tokens() - upTo);
            uncached += call.tokens();
            for (int i = 0; i < marked; i++) {
                until.put(call.prefixes()[i], call.millis() + lifetimeMillis);
            }
        }
        return cost / uncached;
    }

    /** By where a prefix ends, at the prompt's end or before, as the step does by its kind; and by the cap, if told. */
    private static double learned(List<Call> calls, long lifetimeMillis, boolean capTold) {
        PrefixMemory memory = new PrefixMemory(lifetimeMillis * 1_000_000);
        return cost(calls, lifetimeMillis, (call, alive) -> {
            int depth = 0;
            for (int i = 0; i < call.prefixes().length; i++) {
                long group = Hash.of(
                        Math.min(call.prefixes().length - 1 - i, 2),
                        PromptCacheStep.capClass(capTold ? call.cap() : -1));
                if (memory.seen(call.prefixes()[i], group, call.millis() * 1_000_000) > NEEDED) {
                    depth = i + 1;
                }
            }
            for (int i = 0; i < depth; i++) {
                memory.marked(call.prefixes()[i]);
            }
            return depth;
        });
    }

    private static double knowing(List<Call> calls, long lifetimeMillis) {
        Map<Long, Long> later = new HashMap<>();
        IdentityHashMap<Call, Integer> depths = new IdentityHashMap<>();
        for (int c = calls.size() - 1; c >= 0; c--) {
            Call call = calls.get(c);
            int depth = 0;
            for (int i = 0; i < call.prefixes().length; i++) {
                Long next = later.put(call.prefixes()[i], call.millis());
                if (next != null && next - call.millis() <= lifetimeMillis) {
                    depth = i + 1;
                }
            }
            depths.put(call, depth);
        }
        return cost(calls, lifetimeMillis, (call, alive) -> Math.max(alive, depths.getOrDefault(call, 0)));
    }

    @Test
    void it_never_costs_more_than_no_marks_and_comes_near_to_knowing_the_future() throws IOException {
        List<Call> calls = traffic();
        for (long lifetime : new long[] {300_000, 60_000}) {
            double all = cost(calls, lifetime, (call, alive) -> call.prefixes().length);
            double learned = learned(calls, lifetime, false);
            double byCap = learned(calls, lifetime, true);
            double best = knowing(calls, lifetime);
            System.out.printf(
                    "%d s: all %.3f learned %.3f by cap %.3f best %.3f%n", lifetime / 1000, all, learned, byCap, best);
            assertThat(learned).isLessThan(1);
            assertThat(byCap).isLessThan(learned);
            assertThat(1 - learned).isGreaterThan(0.6 * (1 - best));
        }
    }
}
