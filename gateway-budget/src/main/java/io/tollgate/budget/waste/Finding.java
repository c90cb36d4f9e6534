package io.tollgate.budget.waste;

import java.util.List;

/**
 * One kind of waste in the calls of one model and feature.
 *
 * @param kind which
 * @param title what it is, in a line
 * @param detail of whom, how many, how much
 * @param usdMonthNanos nano-dollars a month (30 days) at the period's pace; an estimate
 * @param requests attempts that wasted it
 * @param setting what removes it
 * @param examples ids of some of them
 */
public record Finding(
        WasteKind kind,
        String title,
        String detail,
        long usdMonthNanos,
        long requests,
        String setting,
        List<String> examples) {}
