package io.tollgate.core.dialect.gemini;

/** Names for finish reasons sent as numbers ({@code enum-encoding=int}); those the two Google APIs number alike. */
final class FinishReason {
    private FinishReason() {}

    static String named(long number) {
        return switch (Math.clamp(number, -1, 100)) {
            case 1 -> "STOP";
            case 2 -> "MAX_TOKENS";
            case 3 -> "SAFETY";
            case 4 -> "RECITATION";
            case 5 -> "OTHER";
            default -> Long.toString(number);
        };
    }
}
