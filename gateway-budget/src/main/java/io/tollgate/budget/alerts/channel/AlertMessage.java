package io.tollgate.budget.alerts.channel;

import io.tollgate.budget.alerts.Alert;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;

/** An alert as a plain text e-mail. Nothing a caller chose can begin a header: line breaks become blanks. */
final class AlertMessage extends MimeMessage {
    private static final String TYPE = "text/plain; charset=utf-8";

    private final String id;

    AlertMessage(Session session, Alert alert, String from, List<String> to) throws MessagingException {
        super(session);
        String domain = from.substring(from.lastIndexOf('@') + 1);
        this.id = "<" + alert.id() + "@" + domain + ">";
        setFrom(new InternetAddress(from, true));
        setSubject("[" + alert.severity().wireName() + "] " + oneLine(alert.title()), "utf-8");
        setSentDate(Date.from(alert.at()));
        setHeader("Auto-Submitted", "auto-generated");
        setHeader(WebhookChannel.EVENT_ID, alert.id());
        // A data source needs no look-up of content handlers, which costs a service loader and a file.
        setDataHandler(
                new DataHandler(new ByteArrayDataSource(body(alert, to).getBytes(StandardCharsets.UTF_8), TYPE)));
    }

    private static String body(Alert alert, List<String> to) {
        return alert.text() + "\r\n\r\nAt " + alert.at() + ", event " + alert.id() + ", sent to "
                + String.join(", ", to) + ".\r\n";
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n\\p{Cntrl}]+", " ");
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
