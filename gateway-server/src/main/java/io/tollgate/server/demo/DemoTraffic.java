package io.tollgate.server.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plays scenes, several calls at a time, and shows how they went. */
final class DemoTraffic {
    private static final int AT_A_TIME = 6;

    private final DemoCaller caller;
    private final PrintWriter out;

    DemoTraffic(DemoCaller caller, PrintWriter out) {
        this.caller = caller;
        this.out = out;
    }

    /** Plays them all; returns when the last answer has ended. */
    void play(List<DemoScene> scenes) throws InterruptedException {
        try (ExecutorService calls =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<List<Future<String>>> outcomes = new ArrayList<>();
            for (DemoScene scene : scenes) {
                outcomes.add(IntStream.rangeClosed(1, scene.times())
                        .mapToObj(n -> calls.submit(() -> caller.call(scene, n)))
                        .toList());
            }
            for (int i = 0; i < scenes.size(); i++) {
                show(scenes.get(i), summary(outcomes.get(i)));
            }
        }
    }

    private void show(DemoScene scene, String outcome) {
        out.printf("  %-9s %-12s %-24s %-52s %s%n", scene.team(), scene.feature(), scene.model(), scene.how(), outcome);
        out.flush();
    }

    /** {@code 10 ok}, {@code 1 error 503}. */
    private static String summary(List<Future<String>> calls) throws InterruptedException {
        Map<String, Integer> counts = new TreeMap<>();
        for (Future<String> call : calls) {
            counts.merge(outcome(call), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String outcome(Future<String> call) throws InterruptedException {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call of the demo could not be made", e.getCause());
        }
    }
}
