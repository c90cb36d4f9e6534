package io.tollgate.budget.rollup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A tally as bytes: numbers in as many bytes as they need, small ones of either sign in one. */
final class TallyBytes {
    private final byte[] bytes;
    private int at;

    private TallyBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    static byte[] of(Tally tally) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(96);
        for (int i = 0; i < Tally.SUMS; i++) {
            write(out, tally.sum(i));
        }
        write(out, tally.saved().size());
        for (Map.Entry<String, Long> lever : tally.saved().entrySet()) {
            byte[] name = lever.getKey().getBytes(StandardCharsets.UTF_8);
            write(out, name.length);
            out.writeBytes(name);
            write(out, lever.getValue());
        }
        int last = -1;
        long[] latencies = tally.latencies();
        for (int i = 0; i < latencies.length; i++) {
            if (latencies[i] != 0) {
                int step = tally.lowestStep() + i;
                write(out, step - last);
                write(out, latencies[i]);
                last = step;
            }
        }
        return out.toByteArray();
    }

    /** Adds what {@link #of} wrote. */
    static void addTo(Tally tally, byte[] bytes) {
        new TallyBytes(bytes).addTo(tally);
    }

    private void addTo(Tally tally) {
        for (int i = 0; i < Tally.SUMS; i++) {
            tally.add(i, read());
        }
        for (long levers = read(); levers > 0; levers--) {
            int length = (int) read();
            String name = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            tally.addSaved(name, read());
        }
        int step = -1;
        while (at < bytes.length) {
            step += (int) read();
            tally.addLatency(step, read());
        }
    }

    private static void write(ByteArrayOutputStream out, long value) {
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private long read() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
    }
}
