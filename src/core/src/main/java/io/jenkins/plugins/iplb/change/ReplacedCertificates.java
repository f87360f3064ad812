package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that another one replaces: those that somebody brought under the same name, and one more that is named.
 *
 * @param other empty for no other
 */
record ReplacedCertificates(EnsureCertificate change, Optional<Reference> other) {

    /** @throws IplbException when the other one is not there, and what is to replace it neither */
    List<Certificate> find(Reader reader) {
        List<Certificate> all = reader.lb().certificates();
        List<Certificate> replaced = new ArrayList<>(all.stream()
                .filter(each -> each.isCustom() && change.name().equals(Optional.ofNullable(each.displayName())))
                .toList());
        if (other.isPresent()) {
            Optional<Certificate> found = reader.findCertificate(other.get());
            boolean done = all.stream().anyMatch(change::isIt);
            if (found.isEmpty() && !done) {
                throw new IplbException(
                        FailureKind.REFUSED,
                        "%s has no certificate '%s' to replace; %s"
                                .formatted(change.service(), other.get(), Named.thereAre(all)));
            }
            found.filter(each -> !replaced.contains(each)).ifPresent(replaced::add);
        }
        replaced.removeIf(change::isIt);
        return List.copyOf(replaced);
    }
}
