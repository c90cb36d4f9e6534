package io.tollgate.cache.step;

import io.tollgate.cache.flight.Flights;
import io.tollgate.cache.flight.RecordingRoom;
import io.tollgate.cache.store.ReplyStore;
import java.time.InstantSource;

/**
 * What outlives reloads of the configuration: the answers kept, the calls under way, the counters. Any thread.
 *
 * @param room for answers that are being recorded, all together
 */
public record Caching(
        ReplyStore store, Flights flights, RecordingRoom room, CacheCounters counters, InstantSource clock) {
    /** Over this store, with so much room for recordings. */
    public static Caching over(ReplyStore store, long recordingBytes, InstantSource clock) {
        return new Caching(store, new Flights(), new RecordingRoom(recordingBytes), new CacheCounters(), clock);
    }
}
