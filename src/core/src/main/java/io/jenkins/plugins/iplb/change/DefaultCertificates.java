package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The frontends whose default a certificate is to be. */
sealed interface DefaultCertificates {

    /** Those that have another one yet. @param there the certificate, if it is there */
    List<Use> find(Reader reader, EnsureCertificate change, Optional<Certificate> there);

    /** The parameters as they are meant. */
    Fields wanted();

    /** What the caller gets to know. */
    default Fields result(Reader reader, EnsureCertificate change) {
        return Fields.none();
    }

    /** One that is to show another certificate by default. */
    record Use(Protocol protocol, Frontend frontend) {
        PlannedStep step(ServiceCalls calls, ObjectId certificate) {
            return PlannedStep.of(
                    created -> calls.updateFrontend(
                            protocol,
                            frontend.frontendId(),
                            Fields.none().with("defaultSslId", created.of(certificate))),
                    certificate);
        }

        String words() {
            return "defaultSslId of " + Reader.said(protocol, "frontend", frontend);
        }

        /** What it shows now. */
        String before(Reader reader) {
            return frontend.defaultSslId() == null
                    ? null
                    : reader.lb().certificates().stream()
                            .filter(each -> each.id() == frontend.defaultSslId())
                            .findFirst()
                            .map(Lines::object)
                            .orElseGet(() -> Long.toString(frontend.defaultSslId()));
        }

        boolean shows(Certificate certificate) {
            return frontend.defaultSslId() != null && frontend.defaultSslId() == certificate.id();
        }
    }

    /** These. */
    record Of(List<Reference> frontends) implements DefaultCertificates {
        @Override
        public List<Use> find(Reader reader, EnsureCertificate change, Optional<Certificate> there) {
            return frontends.stream()
                    .map(meant -> use(reader, meant))
                    .filter(use -> there.filter(use::shows).isEmpty())
                    .distinct()
                    .toList();
        }

        private static Use use(Reader reader, Reference meant) {
            List<Use> all = all(reader).toList();
            List<Use> found = all.stream()
                    .filter(use -> Reader.find("frontend", meant, List.of(use.frontend()))
                            .isPresent())
                    .toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            throw new IplbException(
                    found.isEmpty() ? FailureKind.REFUSED : FailureKind.CONFLICT,
                    found.isEmpty()
                            ? "%s has no http or tcp frontend '%s'%s"
                                    .formatted(
                                            reader.lb().service(),
                                            meant,
                                            Reader.nearest(
                                                    meant.text(),
                                                    all.stream()
                                                            .map(Use::frontend)
                                                            .toList()))
                            : "more than one frontend is named '%s': give the id".formatted(meant));
        }

        @Override
        public Fields wanted() {
            return frontends.isEmpty()
                    ? Fields.none()
                    : Fields.none()
                            .with(
                                    "frontends",
                                    frontends.stream().map(Reference::text).toList());
        }
    }

    /** Those whose default is one that is replaced. */
    record OfReplaced(Optional<Reference> other) implements DefaultCertificates {
        @Override
        public List<Use> find(Reader reader, EnsureCertificate change, Optional<Certificate> there) {
            List<Certificate> replaced = new ReplacedCertificates(change, other).find(reader);
            return all(reader)
                    .filter(use -> replaced.stream().anyMatch(use::shows))
                    .toList();
        }

        @Override
        public Fields wanted() {
            return Fields.none().withPresent("replaces", other.map(Reference::text));
        }

        @Override
        public Fields result(Reader reader, EnsureCertificate change) {
            return Fields.none()
                    .with(
                            "replaces",
                            new ReplacedCertificates(change, other)
                                    .find(reader).stream().map(Certificate::id).toList());
        }
    }

    /** All that can show certificates. */
    static Stream<Use> all(Reader reader) {
        List<Use> all = new ArrayList<>();
        for (Protocol protocol : List.of(Protocol.HTTP, Protocol.TCP)) {
            reader.lb().frontends(protocol).forEach(each -> all.add(new Use(protocol, each)));
        }
        return all.stream();
    }
}
