package io.jenkins.plugins.iplb.ansible;

import static io.jenkins.plugins.iplb.ansible.ModuleRunner.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;

/** What a module says about itself in the collection that was built. */
public record Documentation(String module, ObjectNode all) {
    private static final HeldCertificate CERTIFICATE = KeyPem.elliptic("www.shop.example");

    static final Path COLLECTION = Path.of(System.getProperty("collection.folder"));

    static Documentation of(String module) {
        return new Documentation(module, yaml(read("plugins/modules/" + module + ".yml")));
    }

    /** The names of all modules. */
    public static Stream<String> modules() {
        try (Stream<Path> files = Files.list(COLLECTION.resolve("plugins/modules"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yml"))
                    .map(name -> name.replace(".yml", ""))
                    .sorted()
                    .toList();
            return names.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the collection. */
    public static String read(String name) {
        try {
            return Files.readString(COLLECTION.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of what it returns. */
    List<String> returned() {
        return all.path("RETURN").properties().stream().map(Map.Entry::getKey).toList();
    }

    private static String escaped(String pem) {
        return pem.replace("\n", "\\n");
    }

    /** What its examples hand to it; of a loop, the first turn, and of what is kept elsewhere, a certificate with its key. */
    List<ObjectNode> examples() {
        return yaml("examples:\n" + all.path("EXAMPLES").textValue().indent(2))
                .path("examples")
                .valueStream()
                .map(task -> yaml(task.path("ovhiplb.loadbalancer." + module)
                        .toString()
                        .replace("{{ item }}", task.path("loop").path(0).asText())
                        .replaceAll(
                                "\\{\\{ lookup\\(.*?}}",
                                Matcher.quoteReplacement(escaped(CERTIFICATE.certificatePem())))
                        .replace("{{ shop_key }}", escaped(CERTIFICATE.privateKeyPkcs8Pem()))))
                .filter(arguments -> !arguments.isEmpty())
                .toList();
    }
}
