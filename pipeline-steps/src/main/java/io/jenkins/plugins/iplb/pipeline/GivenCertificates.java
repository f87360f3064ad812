package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.check.CheckTarget;
import io.jenkins.plugins.iplb.check.TrafficProof;
import io.jenkins.plugins.iplb.check.TrustedCa;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import java.util.Optional;

/**
 * The authorities that a check trusts, given as text: the files of a controller are nothing to a build.
 *
 * @param given all that the step was given
 */
record GivenCertificates(GivenFields given) {
    private static final String CA = "ca";

    /** What the operation is made of, which would take them for the name of a file. */
    GivenFields others() {
        return given.without(CA);
    }

    /** The same, trusting them. @throws InvalidInput for what is no certificate */
    CheckTarget in(CheckTarget target) {
        return trusted().map(target::trusting).orElse(target);
    }

    /** The same, trusting them. @throws InvalidInput for what is no certificate */
    TrafficProof in(TrafficProof proof) {
        return trusted().map(proof::trusting).orElse(proof);
    }

    private Optional<TrustedCa> trusted() {
        return Optional.ofNullable(given.fields().json().path(CA).textValue())
                .map(certificates -> TrustedCa.parse("the text", certificates));
    }
}
