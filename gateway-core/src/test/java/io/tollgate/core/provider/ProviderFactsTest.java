package io.tollgate.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderFactsTest {
    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, true",
        "169.254.0.1, true",
        "fe80::1, true",
        "febf::1, true",
        "fd00:ec2::254, true",
        "::ffff:169.254.169.254, true",
        "64:ff9b::a9fe:a9fe, true",
        "127.0.0.1, false",
        "10.0.0.1, false",
        "192.168.1.1, false",
        "172.16.0.1, false",
        "169.253.1.1, false",
        "::1, false",
        "fd00:ec2::253, false",
        "fec0::1, false",
        "64:ff9b::101:101, false",
        "2606:4700::1111, false"
    })
    void link_local_and_metadata_addresses_are_known_and_private_ones_are_none(String address, boolean expected) {
        assertThat(LinkLocal.is(InetAddress.ofLiteral(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.mistral.ai, true",
        "https://API.Groq.com/openai, true",
        "https://openrouter.ai/api, true",
        "https://api.deepseek.com, true",
        "https://api.perplexity.ai, true",
        "https://api.openai.com, false",
        "https://api.x.ai, false",
        "https://notmistral.ai, false",
        "https://mistral.ai.example.com, false",
        "http://127.0.0.1:11434, false"
    })
    void hosts_that_tell_usage_unasked_are_known_by_their_domain(String url, boolean expected) {
        assertThat(UnaskedUsage.isToldBy(URI.create(url))).isEqualTo(expected);
    }
}
