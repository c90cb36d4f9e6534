package io.tollgate.server.fakeprovider.routing;

import io.tollgate.core.dialect.Family;
import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.House;
import java.time.temporal.ChronoUnit;

/** The headers each provider adds to its answers: request ids and rate limits. */
final class ProviderHeaders {
    private ProviderHeaders() {}

    static Answer add(Answer answer, Family family, House house, boolean onAzure) {
        return switch (family) {
            case OPENAI -> {
                Answer common = answer.withHeaders(
                        "x-request-id", house.id("req_"),
                        "openai-processing-ms", "42",
                        "x-ratelimit-limit-requests", "10000",
                        "x-ratelimit-limit-tokens", "30000000",
                        "x-ratelimit-remaining-requests", "9999",
                        "x-ratelimit-remaining-tokens", "29999000",
                        "x-ratelimit-reset-requests", "6ms",
                        "x-ratelimit-reset-tokens", "2ms");
                yield onAzure
                        ? common.withHeaders("apim-request-id", house.id(""), "x-ms-region", "East US 2")
                        : common.withHeaders("openai-version", "2020-10-01", "openai-organization", "org-example");
            }
            case ANTHROPIC -> {
                String reset =
                        house.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
                yield answer.withHeaders(
                        "request-id", house.id("req_01"),
                        "anthropic-organization-id", "00000000-0000-0000-0000-000000000000",
                        "anthropic-ratelimit-requests-limit", "4000",
                        "anthropic-ratelimit-requests-remaining", "3999",
                        "anthropic-ratelimit-requests-reset", reset,
                        "anthropic-ratelimit-input-tokens-limit", "400000",
                        "anthropic-ratelimit-input-tokens-remaining", "399000",
                        "anthropic-ratelimit-input-tokens-reset", reset,
                        "anthropic-ratelimit-output-tokens-limit", "80000",
                        "anthropic-ratelimit-output-tokens-remaining", "79000",
                        "anthropic-ratelimit-output-tokens-reset", reset);
            }
            case GEMINI ->
                answer.withHeaders(
                        "server-timing", "gfet4t7; dur=42",
                        "vary", "Origin",
                        "vary", "X-Origin",
                        "x-content-type-options", "nosniff");
        };
    }
}
