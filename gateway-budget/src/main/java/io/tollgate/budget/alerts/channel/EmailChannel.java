package io.tollgate.budget.alerts.channel;

import io.tollgate.budget.alerts.Alert;
import io.tollgate.budget.alerts.Channel;
import io.tollgate.budget.alerts.Verdict;
import io.tollgate.budget.ladder.Level;
import io.tollgate.core.provider.Secret;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * E-mail through an SMTP server. The {@code Message-ID} is made of the event's id, so that mail programs show a message
 * that came twice once. A password is only ever sent over TLS, except to this machine.
 *
 * @param from the sender
 * @param to the receivers, at least one
 */
public record EmailChannel(Target target, SmtpServer server, String from, List<String> to) implements Channel {
    private static final String PATIENCE_MILLIS = Long.toString(HttpSender.PATIENCE.toMillis());
    private static final int FIRST_PERMANENT = 500;

    /** Copies. */
    public EmailChannel {
        to = List.copyOf(to);
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public String type() {
        return "email";
    }

    @Override
    public Level minLevel() {
        return target.minLevel();
    }

    @Override
    public Verdict send(Alert alert) {
        Session session = Session.getInstance(properties());
        try (Transport transport = session.getTransport(server.tls() ? "smtps" : "smtp")) {
            AlertMessage message = new AlertMessage(session, alert, from, to);
            Secret password = server.password();
            transport.connect(server.host(), server.port(), server.user(), password == null ? null : password.reveal());
            InternetAddress[] receivers = new InternetAddress[to.size()];
            for (int i = 0; i < receivers.length; i++) {
                receivers[i] = new InternetAddress(to.get(i), true);
            }
            message.setRecipients(Message.RecipientType.TO, receivers);
            message.saveChanges();
            transport.sendMessage(message, receivers);
            return Verdict.DELIVERED;
        } catch (MessagingException e) {
            return verdict(e);
        }
    }

    private Properties properties() {
        String protocol = "mail." + (server.tls() ? "smtps" : "smtp") + ".";
        Properties properties = new Properties();
        properties.setProperty(protocol + "connectiontimeout", PATIENCE_MILLIS);
        properties.setProperty(protocol + "timeout", PATIENCE_MILLIS);
        properties.setProperty(protocol + "writetimeout", PATIENCE_MILLIS);
        properties.setProperty(protocol + "auth", Boolean.toString(server.user() != null));
        properties.setProperty(protocol + "starttls.enable", "true");
        properties.setProperty(protocol + "starttls.required", Boolean.toString(server.user() != null && !isHere()));
        properties.setProperty(protocol + "ssl.checkserveridentity", "true");
        properties.setProperty(protocol + "localhost", "tollgate");
        return properties;
    }

    private boolean isHere() {
        return List.of("localhost", "127.0.0.1", "[::1]").contains(server.host());
    }

    /** Replies from 500 on to the message are final; a server that cannot be reached or logged in to may recover. */
    private static Verdict verdict(MessagingException failure) {
        int reply = reply(failure);
        String reason = reply > 0 ? "the mail server answered " + reply : why(failure);
        return reply >= FIRST_PERMANENT && !(failure instanceof AuthenticationFailedException)
                ? Verdict.refused(reason)
                : Verdict.retry(reason);
    }

    private static int reply(@Nullable Exception failure) {
        if (failure instanceof SMTPAddressFailedException refused) {
            return refused.getReturnCode();
        }
        if (failure instanceof SMTPSendFailedException refused) {
            return Math.max(refused.getReturnCode(), reply(refused.getNextException()));
        }
        return failure instanceof MessagingException other ? reply(other.getNextException()) : -1;
    }

    private static String why(MessagingException failure) {
        return failure instanceof AuthenticationFailedException
                ? "the mail server refuses the login"
                : "the mail server fails: "
                        + (failure.getCause() == null ? failure : failure.getCause())
                                .getClass()
                                .getSimpleName();
    }
}
