package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.CertifiedKey;
import io.jenkins.plugins.iplb.parameter.Reference;
import java.util.Optional;

/**
 * A certificate in the place of those that were there under its name. Between its two changes there must be a refresh, and
 * one after them: so at any time there is one to show.
 *
 * @param adding adds it, and makes it the default of the frontends that have one of those
 * @param removing takes those away
 */
public record RotateCertificate(EnsureCertificate adding, RemoveReplaced removing) {

    /** @param replaces one more that it takes the place of, whatever it is called; empty for none */
    public static RotateCertificate of(
            String service, String name, CertifiedKey certificate, Optional<Reference> replaces) {
        EnsureCertificate adding = new EnsureCertificate(
                service, Optional.of(name), certificate, new DefaultCertificates.OfReplaced(replaces));
        return new RotateCertificate(adding, new RemoveReplaced(adding, replaces));
    }

    public String service() {
        return adding.service();
    }

    /** Its parameters as they are meant. */
    public Fields wanted() {
        return adding.wanted();
    }
}
