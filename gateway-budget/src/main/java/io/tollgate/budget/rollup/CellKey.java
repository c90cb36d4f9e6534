package io.tollgate.budget.rollup;

/** A cell: a combination in a unit of time. */
record CellKey(BucketKey bucket, Combination combination) {
    /** A unit of time, its combinations with or without users told apart. */
    record BucketKey(Unit unit, boolean users, long start) {}
}
