package io.jenkins.plugins.iplb.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Private keys in the credentials store: secret files, which is what keys come as, and secret texts, which other stores of
 * secrets offer. Their plugin is there wherever credentials are bound.
 */
public final class PrivateKeys {
    /** The kinds of credentials that may hold one. */
    public static final List<Class<? extends StandardCredentials>> KINDS =
            List.of(FileCredentials.class, StringCredentials.class);

    private PrivateKeys() {}

    /**
     * The text of one, whose use is tracked.
     *
     * @param parameter that names it
     * @throws IplbException when the build may use none of that id
     */
    public static String of(Run<?, ?> run, String parameter, String id) {
        for (Class<? extends StandardCredentials> kind : KINDS) {
            StandardCredentials found = CredentialsProvider.findCredentialById(id, kind, run);
            if (found != null) {
                CredentialsProvider.track(run, found);
                return text(found);
            }
        }
        throw new IplbException(
                FailureKind.USAGE,
                "%s: no secret file or secret text '%s' that this build may use".formatted(parameter, id));
    }

    private static String text(StandardCredentials found) {
        if (found instanceof StringCredentials text) {
            return text.getSecret().getPlainText();
        }
        try (InputStream content = ((FileCredentials) found).getContent()) {
            return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IplbException(
                    FailureKind.UNAVAILABLE, "the secret file '%s' cannot be read".formatted(found.getId()), e);
        }
    }
}
