package io.tollgate.core.dialect.gemini;

import static io.tollgate.core.dialect.AnswerPlayer.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryInfoTest {
    private static final String ERROR = """
            {"error": {"code": 429, "message": "Quota exceeded. Please retry in 17s.", "status": "RESOURCE_EXHAUSTED",
             "details": [
              {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaMetric": "m", "retryDelay": "99s"}]},
              DETAIL]}}""";
    private static final String INFO =
            "{\"@type\": \"type.googleapis.com/google.rpc.RetryInfo\", \"retryDelay\": \"17s\"}";

    private static long millis(String body) {
        long nanos = RetryInfo.nanos(utf8(body));
        return nanos < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @ParameterizedTest
    @CsvSource({"17s, 17000", "0s, 0", "0.250s, 250", "3.5s, 3500", "17, -1", "-4s, -1", "soon, -1", "9999999999s, -1"})
    void the_delay_of_the_retry_info_among_the_details_is_a_duration_in_seconds(String delay, long millis) {
        String body = ERROR.replace("DETAIL", INFO.replace("17s", delay));
        assertThat(millis(body)).isEqualTo(millis);
        assertThat(millis("[" + body + "]")).as("as a stream has it").isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"@type\": \"type.googleapis.com/google.rpc.Help\", \"retryDelay\": \"17s\"}",
                "{\"retryDelay\": \"17s\"}",
                "{\"@type\": \"type.googleapis.com/google.rpc.RetryInfo\"}",
                "{\"@type\": \"type.googleapis.com/google.rpc.RetryInfo\", \"retryDelay\": 17}"
            })
    void other_details_say_nothing(String detail) {
        assertThat(millis(ERROR.replace("DETAIL", detail))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Too many requests", "<html>", "{\"error\": {\"details\": ["})
    void what_is_no_whole_json_says_nothing(String body) {
        assertThat(millis(body)).isEqualTo(-1);
        assertThat(millis(ERROR.replace("DETAIL", INFO) + "}")).isEqualTo(-1);
    }
}
