package io.jenkins.plugins.iplb.file;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.testing.Bench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;

/** A page of the documentation with a change file, and those of what is there before it. */
record ScenarioPage(String name, String text) {
    static final Path FOLDER = Path.of("../../docs/scenarios");

    /** What the files take from their environment. */
    static final HeldCertificate CERTIFICATE =
            KeyPem.certificate("www.shop.example").ecdsa256().build();

    private static final Pattern FILE = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Map<String, String> VALUES = Map.of(
            "LOAD_BALANCER", SERVICE,
            "SITE_CERTIFICATE", CERTIFICATE.certificatePem(),
            "SITE_KEY", CERTIFICATE.privateKeyPkcs8Pem());

    static ScenarioPage named(String name) {
        try {
            return new ScenarioPage(name, Files.readString(FOLDER.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .sorted()
                    .toList();
        }
    }

    private List<String> files() {
        return FILE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Brings what the page says is there already. */
    void prepare(Bench bench) {
        if (name.equals("vrack.md")) {
            bench.shop().property("vrackName", "pn-1234");
        }
        files().subList(0, files().size() - 1)
                .forEach(before -> bench.ended(bench.operations().run(operation(before), bench.options(false))));
        bench.forgetRecord();
    }

    /** What the page is about, made live. */
    Operation.OnLoadBalancer wanted() {
        return operation(files().get(files().size() - 1));
    }

    private static Operation.OnLoadBalancer operation(String file) {
        return ChangeFile.read("iplb.yaml", file, value -> Optional.ofNullable(VALUES.get(value)))
                .of(SERVICE)
                .operation(true);
    }
}
