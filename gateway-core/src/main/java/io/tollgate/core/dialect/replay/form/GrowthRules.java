package io.tollgate.core.dialect.replay.form;

import java.util.Set;

/**
 * How members told in pieces grow, by their names.
 *
 * @param grows strings whose pieces are put one behind the other
 * @param appended arrays whose elements are put one behind the other
 * @param indexed arrays of objects that say by their {@code index} which of them is meant
 * @param unindexed those of them whose objects have no {@code index} in a plain answer
 */
public record GrowthRules(Set<String> grows, Set<String> appended, Set<String> indexed, Set<String> unindexed) {}
