package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.NewCertificate;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.CertifiedKey;
import io.jenkins.plugins.iplb.parameter.Name;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A certificate, told from others by its fingerprint: OVH answers neither its text nor its key. All certificates are shown
 * to clients by the names that they are for; the default of a frontend is for those that ask for no other.
 *
 * @param name what it is to be called; empty to leave that as it is
 * @param defaults the frontends whose default it is to be
 */
public record EnsureCertificate(
        String service, Optional<String> name, CertifiedKey certificate, DefaultCertificates defaults)
        implements Change {

    public EnsureCertificate {
        service = ServiceName.parse(service);
        name = name.map(given -> Name.parse("name", given));
    }

    /** @param frontends whose default it is to be */
    public EnsureCertificate(
            String service, Optional<String> name, CertifiedKey certificate, List<Reference> frontends) {
        this(service, name, certificate, new DefaultCertificates.Of(frontends));
    }

    @Override
    public String operation() {
        return "ensure-certificate";
    }

    @Override
    public Fields wanted() {
        return Fields.none()
                .withPresent("name", name)
                .with("certificate", certificate.toString())
                .with("fingerprint", certificate.fingerprints().get(0))
                .and(defaults.wanted());
    }

    /** Whether it is this one. */
    boolean isIt(Certificate other) {
        return certificate.fingerprints().stream().anyMatch(other::hasFingerprint);
    }

    @Override
    public Plan plan(Reader reader) {
        List<Certificate> all = reader.lb().certificates();
        Optional<Certificate> found = all.stream().filter(this::isIt).findFirst();
        List<DefaultCertificates.Use> uses = defaults.find(reader, this, found);
        return found.map(there -> alter(there, uses, reader)).orElseGet(() -> add(uses, reader));
    }

    private Plan add(List<DefaultCertificates.Use> uses, Reader reader) {
        ServiceCalls calls = reader.calls();
        Fields fields = certificate.fields().withPresent("displayName", name);
        ApiCall post = calls.addCertificate(fields);
        NewId id = NewId.of(
                (ovh, call) -> new NewCertificate(call, this::isIt).add(ovh), other -> isIt((Certificate) other));
        List<PlannedStep> steps = new ArrayList<>();
        steps.add(PlannedStep.of(post).creating(id));
        uses.forEach(use -> steps.add(use.step(calls, id)));
        Lines lines = reader.lines(Protocol.HTTP)
                .line("certificate", null, certificate.toString())
                .line("name", null, name.orElse(null));
        uses.forEach(use -> lines.line(use.words(), use.before(reader), called()));
        return new Plan(
                new About(Effect.ADDED, Subject.of(Kind.CERTIFICATE, called())),
                lines.all(),
                NullNode.instance,
                view(),
                steps,
                created -> result(uses, reader)
                        .withPresent("certificateId", created.find(id))
                        .json());
    }

    private Plan alter(Certificate there, List<DefaultCertificates.Use> uses, Reader reader) {
        ServiceCalls calls = reader.calls();
        List<PlannedStep> steps = new ArrayList<>();
        Lines lines = reader.lines(Protocol.HTTP);
        ObjectNode before = Plan.json(there);
        ObjectNode after = before.deepCopy();
        if (name.isPresent() && !name.get().equals(there.displayName())) {
            steps.add(PlannedStep.of(
                    calls.updateCertificate(there.id(), Fields.none().with("displayName", name.get()))));
            lines.line("name", there.displayName(), name.get());
            after.put("displayName", name.get());
        }
        for (DefaultCertificates.Use use : uses) {
            steps.add(use.step(calls, new ObjectId.Known(there.id())));
            lines.line(use.words(), use.before(reader), called());
        }
        return new Plan(
                new About(Effect.CHANGED, Subjects.of(Kind.CERTIFICATE, there)),
                lines.all(),
                before,
                after,
                steps,
                created ->
                        result(uses, reader).with("certificateId", there.id()).json());
    }

    /** What people know it by. */
    String called() {
        return name.orElseGet(certificate::subject);
    }

    private JsonNode view() {
        return Fields.none()
                .withPresent("displayName", name)
                .with("subject", certificate.subject())
                .with("san", certificate.names())
                .with("fingerprint", certificate.fingerprints().get(0))
                .with("expireDate", certificate.expires())
                .json();
    }

    private Fields result(List<DefaultCertificates.Use> uses, Reader reader) {
        return defaults.result(reader, this)
                .with("subject", certificate.subject())
                .with("names", certificate.names())
                .with("expires", certificate.expires())
                .with(
                        "frontendIds",
                        uses.stream().map(use -> use.frontend().frontendId()).toList());
    }
}
