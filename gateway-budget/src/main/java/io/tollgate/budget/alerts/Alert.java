package io.tollgate.budget.alerts;

import io.tollgate.budget.ladder.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Something worth telling people.
 *
 * @param id the same for every telling of one event: what receivers drop duplicates by. Letters, digits and {@code _}
 * @param at when it happened
 * @param subject the name of the budget or rule
 * @param title a line
 * @param text a sentence or two, with the figures
 * @param facts the figures as a JSON object
 */
public record Alert(
        String id, Instant at, Kind kind, Level severity, String subject, String title, String text, String facts) {
    /** What alerts are about. */
    public enum Kind {
        /** A budget reached a step of its ladder. */
        BUDGET("budget"),
        /** Traffic is out of the ordinary. */
        ANOMALY("anomaly");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /** The name in the admin API and in what is sent. */
        public String wireName() {
            return wireName;
        }

        static Kind of(String wireName) {
            return wireName.equals(ANOMALY.wireName) ? ANOMALY : BUDGET;
        }
    }

    /** The id of the event with this name; a name may hold anything, an id stands in headers. */
    public static String idOf(String eventName) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(eventName.getBytes(StandardCharsets.UTF_8));
            return "evt_" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK knows SHA-256", e);
        }
    }
}
