package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that another one has replaced are to be there no more. It comes after the refresh that shows the other
 * one: until then, clients get what goes.
 *
 * @param added what replaces them
 */
public record RemoveReplaced(EnsureCertificate added, Optional<Reference> other) implements Change {

    @Override
    public String operation() {
        return "remove-certificate";
    }

    @Override
    public String service() {
        return added.service();
    }

    @Override
    public Fields wanted() {
        return Fields.none().with("replacedBy", added.called()).withPresent("certificate", other.map(Reference::text));
    }

    @Override
    public Plan plan(Reader reader) {
        List<Certificate> replaced = new ReplacedCertificates(added, other).find(reader);
        Lines lines = reader.lines(Protocol.HTTP);
        replaced.forEach(each -> lines.line("certificate", RemoveCertificate.said(each), null));
        Subject subject = replaced.isEmpty()
                ? Subject.of(Kind.CERTIFICATE, added.called())
                : Subjects.of(Kind.CERTIFICATE, replaced.get(0));
        return new Plan(
                new About(Effect.REMOVED, subject),
                lines,
                replaced.isEmpty()
                        ? NullNode.instance
                        : Fields.none().with("certificates", replaced).json(),
                NullNode.instance,
                replaced.stream()
                        .map(each -> PlannedStep.of(reader.calls().deleteCertificate(each.id())))
                        .toList(),
                Fields.none()
                        .with(
                                "removedIds",
                                replaced.stream().map(Certificate::id).toList())
                        .json());
    }
}
