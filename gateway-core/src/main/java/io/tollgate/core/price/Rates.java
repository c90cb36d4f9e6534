package io.tollgate.core.price;

import io.tollgate.core.usage.Usage;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one token of each kind costs, in pico-dollars (1e-12 USD). Built by {@link #usd}; kinds a provider does not list
 * apart cost what the kind they belong to costs.
 *
 * @param input uncached input
 * @param output output, thinking included
 * @param cacheRead input read from the provider's cache
 * @param cacheWrite5m input written to it at the shorter lifetime
 * @param cacheWrite1h input written to it at the longer lifetime
 * @param audioIn uncached audio input
 * @param cacheReadAudio audio input read from the cache
 * @param audioOut audio output
 * @param reasoning thinking, where it is billed apart from other output
 */
public record Rates(
        long input,
        long output,
        long cacheRead,
        long cacheWrite5m,
        long cacheWrite1h,
        long audioIn,
        long cacheReadAudio,
        long audioOut,
        long reasoning) {

    /**
     * USD per million tokens, as price lists state them; null where a list has no such price.
     *
     * @throws IllegalArgumentException when a price is negative or finer than a pico-dollar a token
     */
    public static Rates usd(
            BigDecimal input,
            BigDecimal output,
            @Nullable BigDecimal cacheRead,
            @Nullable BigDecimal cacheWrite5m,
            @Nullable BigDecimal cacheWrite1h,
            @Nullable BigDecimal audioIn,
            @Nullable BigDecimal cacheReadAudio,
            @Nullable BigDecimal audioOut,
            @Nullable BigDecimal reasoning) {
        long in = PicoDollars.perToken(input);
        long out = PicoDollars.perToken(output);
        long read = or(cacheRead, in);
        long write = or(cacheWrite5m, in);
        return new Rates(
                in,
                out,
                read,
                write,
                or(cacheWrite1h, write),
                or(audioIn, in),
                or(cacheReadAudio, read),
                or(audioOut, out),
                or(reasoning, out));
    }

    /** Plain input and output, USD per million tokens. */
    public static Rates usd(String input, String output) {
        return usd(new BigDecimal(input), new BigDecimal(output), null, null, null, null, null, null, null);
    }

    private static long or(@Nullable BigDecimal usd, long otherwise) {
        return usd != null ? PicoDollars.perToken(usd) : otherwise;
    }

    /**
     * What these tokens cost, in pico-dollars. Negative counts cost nothing.
     *
     * @throws ArithmeticException when no long can hold it
     */
    long of(Usage usage) {
        long audio = part(usage.inputAudio(), usage.input());
        long readAudio = part(usage.cacheReadAudio(), usage.cacheRead());
        long audioOutput = part(usage.outputAudio(), usage.output());
        long thinking = part(usage.reasoning(), count(usage.output()) - audioOutput);
        long picos = Math.multiplyExact(count(usage.input()) - audio, input);
        picos = Math.addExact(picos, Math.multiplyExact(audio, audioIn));
        picos = Math.addExact(picos, Math.multiplyExact(count(usage.cacheRead()) - readAudio, cacheRead));
        picos = Math.addExact(picos, Math.multiplyExact(readAudio, cacheReadAudio));
        picos = Math.addExact(picos, Math.multiplyExact(count(usage.cacheWrite5m()), cacheWrite5m));
        picos = Math.addExact(picos, Math.multiplyExact(count(usage.cacheWrite1h()), cacheWrite1h));
        picos = Math.addExact(picos, Math.multiplyExact(count(usage.output()) - audioOutput - thinking, output));
        picos = Math.addExact(picos, Math.multiplyExact(audioOutput, audioOut));
        return Math.addExact(picos, Math.multiplyExact(thinking, reasoning));
    }

    /** As {@link #of}, for amounts no long can hold. */
    BigInteger exactly(Usage usage) {
        long audio = part(usage.inputAudio(), usage.input());
        long readAudio = part(usage.cacheReadAudio(), usage.cacheRead());
        long audioOutput = part(usage.outputAudio(), usage.output());
        long thinking = part(usage.reasoning(), count(usage.output()) - audioOutput);
        return times(count(usage.input()) - audio, input)
                .add(times(audio, audioIn))
                .add(times(count(usage.cacheRead()) - readAudio, cacheRead))
                .add(times(readAudio, cacheReadAudio))
                .add(times(count(usage.cacheWrite5m()), cacheWrite5m))
                .add(times(count(usage.cacheWrite1h()), cacheWrite1h))
                .add(times(count(usage.output()) - audioOutput - thinking, output))
                .add(times(audioOutput, audioOut))
                .add(times(thinking, reasoning));
    }

    private static BigInteger times(long tokens, long picos) {
        return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(picos));
    }

    private static long count(long tokens) {
        return Math.max(tokens, 0);
    }

    /** A part never exceeds its whole, whatever a provider says. */
    private static long part(long part, long whole) {
        return Math.clamp(part, 0, count(whole));
    }
}
