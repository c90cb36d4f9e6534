package io.tollgate.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyParameterTest {
    @ParameterizedTest
    @ValueSource(strings = {"key", "KEY", "%6bey", "k%65y", "%6B%65%79", "$key", "%24key", "%24%6b%65%79"})
    void the_parameter_is_found_and_taken_out_however_its_name_is_spelt(String name) {
        assertThat(KeyParameter.in("alt=sse&" + name + "=tg-1&a=b")).containsExactly("tg-1");
        assertThat(KeyParameter.without("alt=sse&" + name + "=tg-1&a=b")).isEqualTo("alt=sse&a=b");
        assertThat(KeyParameter.without(name + "=tg-1")).isEmpty();
        assertThat(KeyParameter.without(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alt=sse",
                "monkey=1",
                "keys=1",
                "a=key=1",
                "%2525key=1",
                "%zzkey=1",
                "&&",
                "=1",
                "k%C4%B1y=2"
            })
    void other_parameters_stay_byte_for_byte(String query) {
        assertThat(KeyParameter.in(query)).isEmpty();
        assertThat(KeyParameter.without(query)).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource({"key=a&key=b, a|b", "key=a%2Bb+c, a+b+c", "key=%zz, %zz", "key=, ''", "key=a=b, a=b"})
    void every_credential_is_told_decoded(String query, String expected) {
        assertThat(String.join("|", KeyParameter.in(query))).isEqualTo(expected);
    }

    @Test
    void no_query_has_no_credential() {
        assertThat(KeyParameter.in(null)).isEmpty();
        assertThat(KeyParameter.without(null)).isNull();
    }
}
