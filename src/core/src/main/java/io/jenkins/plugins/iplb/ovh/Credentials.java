package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.util.Objects;

/** The one way in which a client proves who it is. No text form of any of them holds a secret. */
public sealed interface Credentials {

    /** What OVH counts requests by; not a secret. */
    String principal();

    /** Refused here without repeating it, since what refuses it later on would quote it. */
    private static void headerValue(String name, String value) {
        Objects.requireNonNull(value, name);
        if (!value.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw new IplbException(
                    FailureKind.USAGE,
                    name + " holds a space, a line break or a character beyond ASCII: it was not copied as it is");
        }
    }

    /**
     * An application that acts for an account: every request is signed.
     *
     * @param applicationKey names the application
     * @param applicationSecret never leaves the machine: it goes into the hash only
     * @param consumerKey names the rights that a person validated
     */
    record ApplicationKeys(String applicationKey, String applicationSecret, String consumerKey) implements Credentials {
        public ApplicationKeys {
            headerValue("application_key", applicationKey);
            Objects.requireNonNull(applicationSecret, "applicationSecret");
            headerValue("consumer_key", consumerKey);
        }

        /** The application key with a digest of the consumer key, which is a secret of its own. */
        @Override
        public String principal() {
            return applicationKey + "/" + Digests.sha1(consumerKey).substring(0, 12);
        }

        @Override
        public String toString() {
            return "ApplicationKeys[" + applicationKey + "]";
        }
    }

    /**
     * An OAuth2 client of flow CLIENT_CREDENTIALS.
     *
     * @param clientId names the service account
     * @param clientSecret sent to the token URL only
     */
    record ServiceAccount(String clientId, String clientSecret) implements Credentials {
        public ServiceAccount {
            Objects.requireNonNull(clientId, "clientId");
            Objects.requireNonNull(clientSecret, "clientSecret");
        }

        @Override
        public String principal() {
            return clientId;
        }

        @Override
        public String toString() {
            return "ServiceAccount[" + clientId + "]";
        }
    }

    /** A bearer token obtained elsewhere; it is used as long as it lasts. */
    record AccessToken(String token) implements Credentials {
        public AccessToken {
            headerValue("access_token", token);
        }

        @Override
        public String principal() {
            return "token/" + Digests.sha1(token).substring(0, 12);
        }

        @Override
        public String toString() {
            return "AccessToken[]";
        }
    }
}
