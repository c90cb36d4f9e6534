package io.tollgate.budget.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All holds of calls under way, as linked lists through the reservations themselves; in stripes, so that loops do not meet. */
final class OpenReservations {
    private static final int STRIPES = 16;

    private final Stripe[] stripes = new Stripe[STRIPES];

    OpenReservations() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    void add(Reservation reservation) {
        stripe(reservation).add(reservation);
    }

    void remove(Reservation reservation) {
        stripe(reservation).remove(reservation);
    }

    private Stripe stripe(Reservation reservation) {
        return stripes[(int) reservation.id() & STRIPES - 1];
    }

    /** Those that are open now. */
    List<Reservation> snapshot() {
        List<Reservation> all = new ArrayList<>();
        for (Stripe stripe : stripes) {
            stripe.copyInto(all);
        }
        return all;
    }

    int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            size += stripe.size();
        }
        return size;
    }

    private static final class Stripe extends BriefLock {
        private @Nullable Reservation first;
        private int size;

        void add(Reservation reservation) {
            lock();
            Reservation next = first;
            reservation.next = next;
            if (next != null) {
                next.previous = reservation;
            }
            first = reservation;
            size++;
            unlock();
        }

        void remove(Reservation reservation) {
            lock();
            Reservation before = reservation.previous;
            Reservation after = reservation.next;
            if (before != null) {
                before.next = after;
            } else {
                first = after;
            }
            if (after != null) {
                after.previous = before;
            }
            reservation.next = null;
            reservation.previous = null;
            size--;
            unlock();
        }

        void copyInto(List<Reservation> all) {
            int expected = size();
            Reservation[] copy = new Reservation[expected + 64];
            int count = 0;
            lock();
            for (Reservation at = first; at != null && count < copy.length; at = at.next) {
                copy[count++] = at;
            }
            unlock();
            for (int i = 0; i < count; i++) {
                all.add(copy[i]);
            }
        }

        int size() {
            lock();
            int now = size;
            unlock();
            return now;
        }
    }
}
