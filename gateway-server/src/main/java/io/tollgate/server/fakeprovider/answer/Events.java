package io.tollgate.server.fakeprovider.answer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/** The parts of a body in order; runs of them are rendered only when they are sent, so that long streams stay small. */
public final class Events implements Iterable<byte[]> {
    private record Run(int size, IntFunction<byte[]> render) {}

    private final List<Run> runs = new ArrayList<>();

    /** Adds one part. */
    public Events add(byte[] part) {
        return addRun(1, i -> part);
    }

    /** Adds one part. */
    public Events add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a run of parts; {@code render} gets their index from 0. */
    public Events addRun(int size, IntFunction<byte[]> render) {
        runs.add(new Run(size, render));
        return this;
    }

    /** How many parts. */
    public int size() {
        int size = 0;
        for (Run run : runs) {
            size += run.size();
        }
        return size;
    }

    /** All parts, rendered. */
    public List<byte[]> toList() {
        List<byte[]> list = new ArrayList<>(size());
        forEach(list::add);
        return list;
    }

    @Override
    public Iterator<byte[]> iterator() {
        return new Iterator<>() {
            private int run;
            private int index;

            @Override
            public boolean hasNext() {
                while (run < runs.size() && index >= runs.get(run).size()) {
                    run++;
                    index = 0;
                }
                return run < runs.size();
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return runs.get(run).render().apply(index++);
            }
        };
    }
}
