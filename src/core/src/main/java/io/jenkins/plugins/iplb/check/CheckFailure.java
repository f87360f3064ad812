package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Protocol;

/** Says why a check got no answer, and what to do about it. */
final class CheckFailure {
    private CheckFailure() {}

    /** @param agreed what TLS had negotiated before it broke off; {@code null} when it came not so far */
    static IplbException of(CheckTarget target, Protocol agreed, IOException e) {
        if (e instanceof InterruptedIOException) {
            // One type for two causes: a time limit and an interrupt.
            if (Thread.currentThread().isInterrupted()) {
                return interrupted(target, e);
            }
            return new IplbException(
                    FailureKind.TIMEOUT,
                    "%s did not answer in time (%s): does a firewall drop the connection, or is every server of the farm busy?"
                            .formatted(target, e.getMessage()),
                    e);
        }
        return new IplbException(FailureKind.UNAVAILABLE, target + " " + problem(target, agreed, e), e);
    }

    static IplbException interrupted(CheckTarget target, Exception e) {
        return new IplbException(
                FailureKind.UNAVAILABLE, target + " was not waited for: the check was interrupted.", e);
    }

    private static String problem(CheckTarget target, Protocol agreed, IOException e) {
        if (agreed == Protocol.HTTP_2) {
            return "agreed on h2 and then did not speak it (%s): do the servers of the farm that the route leads to speak HTTP/2?"
                    .formatted(firstLine(e));
        }
        if (agreed != null) {
            return brokeOff(e);
        }
        if (e instanceof UnknownHostException) {
            return "cannot be reached: its name is unknown (%s). Check the name, or give an address in connectTo."
                    .formatted(e.getMessage());
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            // The library names the port of the URL, also where it was led to another one.
            return "cannot be reached (%s): is there a frontend on port %d, and was the load balancer refreshed?"
                    .formatted(innermost(e), target.port());
        }
        if (e instanceof SSLPeerUnverifiedException) {
            return "shows a certificate for another name: is the right certificate on the load balancer? (%s)"
                    .formatted(firstLine(e));
        }
        if (e instanceof SSLException && has(e, CertificateException.class)) {
            return "shows a certificate that is not trusted (%s): %s"
                    .formatted(
                            firstLine(e),
                            target.ca() == null
                                    ? "give the authority that signed it in ca, or add the missing chain to it."
                                    : "the file in ca must hold the authority that signed it; it alone is trusted.");
        }
        if (e instanceof SSLException) {
            return "does not speak TLS as expected (%s): is SSL on in the frontend, with a certificate?"
                    .formatted(firstLine(e));
        }
        return brokeOff(e);
    }

    private static String brokeOff(IOException e) {
        return "broke the connection off (%s): are the servers of the farm up?".formatted(firstLine(e));
    }

    private static String innermost(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : innermost(e.getCause());
    }

    private static boolean has(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Of a text that goes on with whole certificates. */
    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
