package io.tollgate.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentTest {
    @Test
    void what_is_no_letter_digit_or_plain_sign_is_encoded() {
        assertThat(Percent.encoded("team-1_a.b@c:d/E")).isEqualTo("team-1_a.b@c:d/E");
        assertThat(Percent.encoded("a=b, %\n")).isEqualTo("a%3Db%2C%20%25%0A");
        assertThat(Percent.encoded("ü😀")).isEqualTo("%C3%BC%F0%9F%98%80");
        assertThat(Percent.encoded("")).isEmpty();
    }
}
