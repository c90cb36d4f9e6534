package io.tollgate.budget.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock for sections of a few nanoseconds that neither allocate nor call out. Whoever finds it taken spins and then
 * yields; there is no queue to line up in and nobody is parked, so two event loops that meet at a busy budget never
 * form a convoy. Not reentrant.
 */
public abstract class BriefLock {
    private static final int SPINS = 256;
    private static final VarHandle TAKEN;

    static {
        try {
            TAKEN = MethodHandles.lookup().findVarHandle(BriefLock.class, "taken", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through TAKEN
    private int taken;

    /** Takes it, spinning while another has it. */
    public final void lock() {
        if (!TAKEN.compareAndSet(this, 0, 1)) {
            lockContended();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is wanted: the loop does not rely on it
    private void lockContended() {
        int spins = 0;
        do {
            while ((int) TAKEN.getOpaque(this) != 0) {
                if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield(); // its holder was descheduled
                }
            }
        } while (!TAKEN.compareAndSet(this, 0, 1));
    }

    /** Gives it back; its holder alone may. */
    public final void unlock() {
        TAKEN.setRelease(this, 0);
    }
}
