package io.tollgate.budget.alerts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.budget.alerts.Alert;
import io.tollgate.budget.alerts.Receiver;
import io.tollgate.budget.alerts.Verdict;
import io.tollgate.budget.ladder.Level;
import io.tollgate.core.provider.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {
    private static final Target TARGET = new Target("here", Level.INFO);
    private static final Alert ALERT = new Alert(
            "evt_1",
            Instant.parse("2026-11-22T10:30:00Z"),
            Alert.Kind.BUDGET,
            Level.CRITICAL,
            "checkout-month",
            "Budget b (user <!channel> & co) – reached 90 %\r\nBcc: everyone@example.com",
            "Budget b (user <!channel> & co) is at 90 %.",
            "{\"spent\":{\"usd\":450.1}}");

    private final HttpSender sender = new HttpSender(Clock.systemUTC(), Duration.ofSeconds(2));

    @AfterEach
    void close() {
        sender.close();
    }

    private static EmailChannel email(String url) {
        return new EmailChannel(
                TARGET,
                SmtpServer.of(new Secret(url)),
                "tollgate@example.com",
                List.of("a@example.com", "b@example.com"));
    }

    @Test
    void slack_gets_text_in_which_nothing_a_caller_chose_calls_anybody() throws Exception {
        try (Receiver receiver = new Receiver()) {
            Verdict verdict = new SlackChannel(TARGET, new Secret(receiver.url()), sender).send(ALERT);
            assertThat(verdict).isEqualTo(Verdict.DELIVERED);
            assertThat(receiver.got().getFirst().body())
                    .startsWith("{\"text\":\":rotating_light: *Budget b (user &lt;!channel&gt; &amp; co)")
                    .contains("is at 90 %.", "critical · evt_1")
                    .doesNotContain("<!channel>");
        }
    }

    @Test
    void pagerduty_gets_a_trigger_with_the_event_id_to_drop_duplicates_by() throws Exception {
        try (Receiver receiver = new Receiver(202)) {
            Verdict verdict =
                    new PagerDutyChannel(TARGET, new Secret(receiver.url()), new Secret("R0UT1NG"), sender).send(ALERT);
            assertThat(verdict).isEqualTo(Verdict.DELIVERED);
            assertThat(receiver.got().getFirst().body())
                    .isEqualTo("{\"routing_key\":\"R0UT1NG\",\"event_action\":\"trigger\",\"dedup_key\":\"evt_1\","
                            + "\"payload\":{\"summary\":\"Budget b (user <!channel> & co) is at 90 %.\","
                            + "\"source\":\"tollgate\",\"severity\":\"critical\","
                            + "\"timestamp\":\"2026-11-22T10:30:00Z\",\"component\":\"checkout-month\","
                            + "\"class\":\"budget\",\"custom_details\":{\"spent\":{\"usd\":450.1}}}}");
        }
    }

    @Test
    void nobody_there_is_worth_another_attempt_and_the_reason_names_no_address() throws Exception {
        String url;
        try (Receiver receiver = new Receiver()) {
            url = receiver.url();
        }
        Verdict verdict = new SlackChannel(TARGET, new Secret(url), sender).send(ALERT);
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.RETRY);
        assertThat(verdict.reason()).isEqualTo("cannot be connected to");
    }

    @Test
    void an_email_has_subject_body_and_a_message_id_made_of_the_event_id_and_no_injected_header() throws Exception {
        try (TinySmtpServer server = new TinySmtpServer()) {
            Verdict verdict = email("smtp://127.0.0.1:" + server.port()).send(ALERT);
            assertThat(verdict).isEqualTo(Verdict.DELIVERED);
            String mail = server.mails().getFirst();
            String head = mail.substring(0, mail.indexOf("\n\n"));
            assertThat(head)
                    .contains(
                            "From: tollgate@example.com",
                            "To: a@example.com, b@example.com",
                            "Message-ID: <evt_1@example.com>",
                            "Auto-Submitted: auto-generated")
                    .doesNotContainPattern("(?m)^Bcc:");
            assertThat(jakarta.mail.internet.MimeUtility.decodeText(jakarta.mail.internet.MimeUtility.unfold(
                            head.replaceAll("(?s).*Subject: (.*?)\n(?! ).*", "$1"))))
                    .contains("[critical] Budget b (user <!channel> & co) – reached 90 %");
            assertThat(mail).contains("is at 90", "event evt_1");
            assertThat(server.commands())
                    .contains("MAIL FROM:<tollgate@example.com>", "RCPT TO:<a@example.com>", "RCPT TO:<b@example.com>");
        }
    }

    @Test
    void a_mail_server_that_is_busy_is_tried_again_and_one_that_refuses_the_mail_is_not() throws Exception {
        try (TinySmtpServer server = new TinySmtpServer("451 later", "554 never")) {
            EmailChannel email = email("smtp://127.0.0.1:" + server.port());
            assertThat(email.send(ALERT)).isEqualTo(Verdict.retry("the mail server answered 451"));
            assertThat(email.send(ALERT)).isEqualTo(Verdict.refused("the mail server answered 554"));
            assertThat(email.send(ALERT)).isEqualTo(Verdict.DELIVERED);
        }
    }

    @Test
    void user_and_password_of_the_url_log_in() throws Exception {
        try (TinySmtpServer server = new TinySmtpServer()) {
            assertThat(email("smtp://me%40example.com:p%3Ass@127.0.0.1:" + server.port())
                            .send(ALERT))
                    .isEqualTo(Verdict.DELIVERED);
            assertThat(server.commands()).anyMatch(command -> command.startsWith("AUTH "));
        }
        assertThat(SmtpServer.of(new Secret("smtps://u:p@mail.example.com")))
                .extracting(SmtpServer::port, SmtpServer::tls, SmtpServer::user)
                .containsExactly(465, true, "u");
    }

    @Test
    void a_mail_server_that_is_not_there_is_tried_again() throws Exception {
        int port;
        try (TinySmtpServer server = new TinySmtpServer()) {
            port = server.port();
        }
        assertThat(email("smtp://127.0.0.1:" + port).send(ALERT).outcome()).isEqualTo(Verdict.Outcome.RETRY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host",
                "smtp://",
                "smtp://host:0",
                "smtp://host:70000",
                "smtp://host/path",
                "smtp://host?x=hunter2",
                "smtp://ho st",
                "host:25"
            })
    void what_is_no_mail_server_is_refused_without_being_repeated(String url) {
        assertThatThrownBy(() -> SmtpServer.of(new Secret(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected smtp://host:port or smtps://host:port");
    }
}
