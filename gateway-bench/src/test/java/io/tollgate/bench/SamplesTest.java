package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.ParsedRequest;
import io.tollgate.core.dialect.json.RequestReader;
import io.tollgate.core.http.RequestBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {
    @ParameterizedTest
    @ValueSource(ints = {300, 2048, 2049, 40_960, 100_000})
    void a_sample_request_has_the_size_asked_for_and_is_a_conversation(int size) {
        byte[] request = Samples.chatRequest(size);

        assertThat(request).hasSize(size);
        ParsedRequest read = RequestReader.read(
                RequestBody.of(request), Layout.builder().turns("messages").build());
        assertThat(read.turns()).hasSizeGreaterThanOrEqualTo(1 + size / 2500);
    }
}
