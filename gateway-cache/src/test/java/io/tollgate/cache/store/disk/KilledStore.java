package io.tollgate.cache.store.disk;

import io.tollgate.cache.store.Replies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** The victim of {@link KillTest}: keeps answers, the same ones again and again, until it is killed. */
final class KilledStore {
    private KilledStore() {}

    public static void main(String[] args) {
        DiskStore store = DiskStore.open(new DiskSettings(Path.of(args[0]), 8 << 20, null), InstantSource.system());
        for (int i = 0; true; i++) {
            int number = i % 100;
            byte[] body = ("answer " + number + " " + "x".repeat(30_000)).getBytes(StandardCharsets.UTF_8);
            boolean kept = store.put(
                            Replies.key(number),
                            Replies.reply(InstantSource.system().instant(), Replies.A, "m", Duration.ofHours(1), body))
                    .join();
            System.out.println(kept);
        }
    }
}
