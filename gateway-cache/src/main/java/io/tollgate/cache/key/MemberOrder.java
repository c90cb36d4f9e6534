package io.tollgate.cache.key;

import java.util.Arrays;

/** Puts the members of an object, which stand one behind the other in a scratch, in the order of their names. */
final class MemberOrder {
    private final Scratch sorted = new Scratch();

    /**
     * Sorts members that begin at the first {@code count} of {@code starts}, the last of which ends at the scratch's end.
     *
     * @throws BypassException when two have the same name
     */
    void sort(Scratch members, int[] starts, int count) {
        boolean inOrder = true;
        for (int i = 1; i < count; i++) {
            int order = compare(members, starts[i - 1], starts[i]);
            if (order == 0) {
                throw new BypassException(BypassReason.DUPLICATE_KEY);
            }
            inOrder &= order < 0;
        }
        if (!inOrder) {
            move(members, starts, count);
        }
    }

    private void move(Scratch members, int[] starts, int count) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (one, other) -> compare(members, starts[one], starts[other]));
        int end = members.size();
        for (int i = 0; i < count; i++) {
            int from = starts[order[i]];
            int to = order[i] + 1 < count ? starts[order[i] + 1] : end;
            sorted.add(members.bytes(), from, to - from);
            if (i > 0 && compare(members, starts[order[i - 1]], from) == 0) {
                sorted.clear();
                throw new BypassException(BypassReason.DUPLICATE_KEY);
            }
        }
        members.cut(starts[0]);
        members.add(sorted.bytes(), 0, sorted.size());
        sorted.clear();
    }

    /** By the names' canonical bytes, length first: any total order will do. */
    private static int compare(Scratch members, int one, int other) {
        byte[] bytes = members.bytes();
        return Arrays.compareUnsigned(
                bytes, one, Canonical.endOfString(members, one), bytes, other, Canonical.endOfString(members, other));
    }
}
