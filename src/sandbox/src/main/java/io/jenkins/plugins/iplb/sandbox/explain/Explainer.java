package io.jenkins.plugins.iplb.sandbox.explain;

import io.jenkins.plugins.iplb.sandbox.haproxy.Explaining;
import io.jenkins.plugins.iplb.sandbox.haproxy.HaproxyConfiguration;
import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import io.jenkins.plugins.iplb.sandbox.haproxy.Site;
import io.jenkins.plugins.iplb.sandbox.haproxy.Verdict;
import io.jenkins.plugins.iplb.sandbox.schema.IpBlocks;
import io.jenkins.plugins.iplb.sandbox.tls.CertificateAuthority;
import io.jenkins.plugins.iplb.sandbox.traffic.HaproxyProcess;
import io.jenkins.plugins.iplb.sandbox.traffic.HaproxyProgram;
import io.jenkins.plugins.iplb.sandbox.traffic.Loopback;
import io.jenkins.plugins.iplb.sandbox.traffic.MasterSocket;
import io.jenkins.plugins.iplb.sandbox.traffic.TemporaryFolder;
import io.jenkins.plugins.iplb.sandbox.world.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A HAProxy that runs what a zone serves and can be asked what becomes of requests. */
public final class Explainer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;
    private static final String NOBODY = "localhost";

    private final Deployed deployed;
    private final TemporaryFolder folder = TemporaryFolder.called("iplb-explain");
    private final Loopback loopback = Loopback.claim();
    private final int portShift = loopback.portShift();
    private final Map<String, Site.Listen> additional = new LinkedHashMap<>();
    private final Site.Listen own;
    private final BlockingQueue<Verdict> said = new LinkedBlockingQueue<>();
    private final Rendered rendered;
    private final HaproxyProcess haproxy;

    /** @throws IllegalStateException without HAProxy, or when it does not take what is deployed */
    public Explainer(Deployed deployed) {
        this.deployed = deployed;
        own = loopback.own(deployed.zone());
        deployed.additional().forEach(block -> additional.put(block, loopback.additional(deployed.zone(), block)));
        try {
            Path program = HaproxyProgram.required();
            rendered = HaproxyConfiguration.of(deployed.configuration(), site());
            Loopback.requirePorts(rendered, List.of());
            haproxy = HaproxyProcess.start(program, folder.path(), rendered, this::hear);
        } catch (RuntimeException e) {
            loopback.close();
            folder.close();
            throw e;
        }
    }

    private Site site() {
        CertificateAuthority authority = new CertificateAuthority();
        return new Site(
                deployed.zone(),
                own,
                additional,
                portShift,
                deployed.http2(),
                deployed.sslConfiguration(),
                folder.path().toString(),
                certificate -> authority.pem(certificate.names().toArray(String[]::new)),
                authority.pem(NOBODY),
                Explaining.standIns(folder.path().toString()),
                true);
    }

    /**
     * Sends a request and tells what became of it.
     *
     * @throws WrongQuestion for an address that the load balancer has not
     * @throws IllegalStateException when HAProxy does not say it in time
     */
    public synchronized Explanation ask(Question question) {
        Site.Listen at = question.ip().map(this::additional).orElse(own);
        int port = question.port() + portShift;
        List<Rendered.Listener> listeners = rendered.listeners().stream()
                .filter(listener -> listener.takes(at, port))
                .toList();
        if (listeners.isEmpty()) {
            return Explanation.nowhere(question, deployed);
        }
        said.clear();
        Map<String, Long> refused = refused();
        String protocol = send(question, at, port, listeners);
        return Explanation.of(question, deployed, protocol, verdict(refused));
    }

    private Site.Listen additional(String ip) {
        return Optional.ofNullable(additional.get(IpBlocks.canonical(ip)))
                .orElseThrow(() -> new WrongQuestion(
                        "ip", ip, "an additional IP of the load balancer: " + String.join(", ", additional.keySet())));
    }

    /** @return the protocol that was agreed on; empty when there was no TLS to agree on it in */
    private String send(Question question, Site.Listen at, int port, List<Rendered.Listener> listeners) {
        boolean http = listeners.stream()
                .anyMatch(listener -> listener.frontend().kind().protocol() == Protocol.http);
        try {
            Wire wire = Wire.connect(question, at, port);
            // Of a connection HAProxy says something when it is over, of a request when it is answered.
            Thread reader = new Thread(() -> exchange(wire, question, http), "iplb-explain");
            reader.setDaemon(true);
            reader.start();
            return wire.protocol();
        } catch (IOException e) {
            return ""; // HAProxy says why
        }
    }

    private static void exchange(Wire wire, Question question, boolean untilItsEnd) {
        try (wire) {
            wire.send(question);
            while (wire.await() && untilItsEnd) {
                // What is answered is in the log.
            }
        } catch (IOException e) {
            // As good as its end.
        }
    }

    private void hear(String line) {
        Verdict.read(line).ifPresent(said::add);
    }

    /** HAProxy logs that it has not let a client in, and not why: those whose source it does not take it counts. */
    private Verdict verdict(Map<String, Long> refusedBefore) {
        try {
            Verdict verdict = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (verdict == null) {
                throw new IllegalStateException("HAProxy has not said what became of it");
            }
            return verdict.failure().isPresent() && !refused().equals(refusedBefore)
                    ? verdict.failing(Explanation.SOURCE)
                    : verdict;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many clients each frontend has not let in. */
    private Map<String, Long> refused() {
        try {
            List<List<String>> table = new MasterSocket(folder.path().resolve(Rendered.STATISTICS))
                    .ask("show stat -1 1 -1")
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .map(line -> Arrays.asList(line.replaceFirst("^# ", "").split(",", -1)))
                    .toList();
            int refused = table.get(0).indexOf("dses");
            Map<String, Long> byFrontend = new HashMap<>();
            table.stream().skip(1).forEach(row -> byFrontend.put(row.get(0), Long.valueOf(row.get(refused))));
            return byFrontend;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        haproxy.close();
        loopback.close();
        folder.close();
    }
}
