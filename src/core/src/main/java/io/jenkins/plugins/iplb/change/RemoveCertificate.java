package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.List;
import java.util.stream.Collectors;

/** A certificate that is to be there no more; it must not be the default of a frontend. */
public record RemoveCertificate(String service, Reference certificate) implements Change {

    public RemoveCertificate {
        service = ServiceName.parse(service);
    }

    @Override
    public String operation() {
        return "remove-certificate";
    }

    @Override
    public Fields wanted() {
        return Fields.none().with("certificate", certificate.text());
    }

    @Override
    public Plan plan(Reader reader) {
        Lines lines = reader.lines(Protocol.HTTP);
        return reader.findCertificate(certificate)
                .map(found -> {
                    mustBeUnused(found, reader);
                    return new Plan(
                            new About(Effect.REMOVED, Subjects.of(Kind.CERTIFICATE, found)),
                            lines.line("certificate", said(found), null),
                            Plan.json(found),
                            NullNode.instance,
                            List.of(PlannedStep.of(reader.calls().deleteCertificate(found.id()))),
                            Fields.none().with("certificateId", found.id()).json());
                })
                .orElseGet(() -> new Plan(
                        new About(Effect.REMOVED, Subjects.of(Kind.CERTIFICATE, certificate)),
                        lines,
                        NullNode.instance,
                        NullNode.instance,
                        List.of(),
                        Fields.none().json()));
    }

    private static void mustBeUnused(Certificate found, Reader reader) {
        String users = DefaultCertificates.all(reader)
                .filter(use -> use.shows(found))
                .map(use -> Reader.said(use.protocol(), "frontend", use.frontend()))
                .collect(Collectors.joining(" and "));
        if (!users.isEmpty()) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "certificate %s is the default of %s: give that another one first"
                            .formatted(Lines.object(found), users));
        }
    }

    /** As people know it, with its end. */
    static String said(Certificate certificate) {
        return "%s, %s, until %s".formatted(Lines.object(certificate), certificate.subject(), certificate.expireDate());
    }
}
