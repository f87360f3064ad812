package io.jenkins.plugins.iplb.jenkins.credentials;

import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.api.Account;
import io.jenkins.plugins.iplb.api.ConsumerKey;
import io.jenkins.plugins.iplb.api.Identity;
import io.jenkins.plugins.iplb.api.NeededRights;
import io.jenkins.plugins.iplb.api.Right;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What OVH says about credentials: whose they are, when they end, and what they may not do. */
final class CredentialsCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Endpoint endpoint;

    /** @param endpoint one that an administrator has allowed */
    CredentialsCheck(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    FormValidation of(Supplier<Credentials> typed) {
        try {
            Credentials credentials = typed.get();
            Identity identity = new Identity(session(credentials));
            return credentials instanceof Credentials.ApplicationKeys ? ofKey(identity) : ofAccount(identity);
        } catch (IplbException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private FormValidation ofKey(Identity identity) {
        ConsumerKey key;
        try {
            key = identity.consumerKey();
        } catch (OvhException e) {
            if (Identity.isMissingRight(e)) {
                return FormValidation.warning(Messages.CredentialsCheck_MayNotLook());
            }
            throw e;
        }
        List<Right> missing = NeededRights.missing(key.rules());
        String all = sentences(
                owner(identity.account()),
                end(key.expiration()),
                missing.isEmpty()
                        ? Messages.CredentialsCheck_HasAllRights()
                        : Messages.CredentialsCheck_LacksRights(
                                missing.stream().map(Right::toString).collect(Collectors.joining(", "))));
        boolean endsSoon =
                KeyEnd.isSoon(key.expiration(), IplbController.get().clock().instant());
        return missing.isEmpty() && !endsSoon ? FormValidation.ok(all) : FormValidation.warning(all);
    }

    private static FormValidation ofAccount(Identity identity) {
        return FormValidation.ok(sentences(
                owner(identity.account()),
                Messages.CredentialsCheck_HasNoEnd(),
                Messages.CredentialsCheck_HasPolicies()));
    }

    /** A client of its own, so that nothing that was typed outlives the test. */
    private OvhSession session(Credentials credentials) {
        IplbController controller = IplbController.get();
        return new OvhClients(controller.http(), OvhLoadBalancers.get().limits(), controller.clock())
                .client(endpoint, credentials)
                .session(CallObserver.NONE, Deadline.in(PATIENCE, controller.clock()));
    }

    private static String owner(Optional<Account> owner) {
        return owner.map(account -> account.user() == null
                        ? Messages.CredentialsCheck_BelongsTo(account.account())
                        : Messages.CredentialsCheck_BelongsToUser(account.account(), account.user()))
                .orElseGet(Messages::CredentialsCheck_IsValid);
    }

    private static String end(Instant expiration) {
        if (expiration == null) {
            return Messages.CredentialsCheck_HasNoEnd();
        }
        return Messages.CredentialsCheck_Ends(MOMENT.format(expiration));
    }

    private static String sentences(String... sentences) {
        return String.join(" ", sentences);
    }
}
