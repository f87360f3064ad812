package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Commands that are compared, in a home of their own. */
final class Peers {
    /** This project's own command, packaged, with its launcher, as users start it. */
    static final String THIS = "iplb";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Where Debian puts the sources of OVH's client for Go. */
    private static final String GO_PATH = "/usr/share/gocode";

    private final Path target;
    private final Path scratch;
    private final Path home;
    private final URI sandbox;
    private final Map<String, String> environment;
    private final Map<String, List<String>> commands = new LinkedHashMap<>();

    private Peers(Path target, Path scratch, URI sandbox, Map<String, String> environment) throws IOException {
        this.target = target;
        this.scratch = scratch;
        this.home = Files.createDirectory(scratch.resolve("home"));
        this.sandbox = sandbox;
        this.environment = environment;
        environment.put("HOME", home.toString());
    }

    /** @param target the folder that Maven builds the benchmarks in */
    static Peers prepare(Path target, Path scratch, Sandbox sandbox) throws IOException, GeneralSecurityException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JDK_JAVA_OPTIONS", "-Djavax.net.ssl.trustStore=" + trustingJava(scratch, sandbox.caFile()));
        environment.put("NODE_EXTRA_CA_CERTS", sandbox.caFile().toString());
        environment.put("CURL_CA_BUNDLE", sandbox.caFile().toString());
        environment.put("SSL_CERT_FILE", sandbox.caFile().toString());
        environment.put("SERVICE", DemoWorld.SERVICE);
        environment.put("OVH_APPLICATION_KEY", sandbox.credentials().applicationKey());
        environment.put("OVH_APPLICATION_SECRET", sandbox.credentials().applicationSecret());
        environment.put("OVH_CONSUMER_KEY", sandbox.credentials().consumerKey());
        return new Peers(target, scratch, sandbox.httpsEndpoint(), environment);
    }

    /** For all of them. */
    void set(String variable, String value) {
        environment.put(variable, value);
    }

    void add(String name, List<String> command) {
        commands.put(name, command);
    }

    void addThis() {
        add(THIS, List.of(target.resolve("../../../iplb").normalize().toString()));
    }

    /**
     * One program, in all languages that one would write it in: on OVH's own clients for Node and for Go, in Python with the
     * requests of OVH's client for it, which no registry that this project builds from has, and, for a few calls, with curl and
     * openssl. Go is left out where there is none.
     *
     * @param name of the files, without what they end with
     */
    void addScripts(String name) throws IOException, InterruptedException {
        add("node", List.of("node", script(name + ".js").toString()));
        add("python", List.of("python3", "-B", source(name + ".py").toString()));
        if (Files.exists(source(name + ".sh"))) {
            add("curl", List.of(source(name + ".sh").toString()));
        }
        if (Files.isDirectory(Path.of(GO_PATH, "src/github.com/ovh/go-ovh"))) {
            add("go", List.of(goProgram(name)));
        } else {
            System.err.println(
                    "without Go: Debian's packages golang-go and golang-github-ovh-go-ovh-dev are not there");
        }
    }

    private String goProgram(String name) throws IOException, InterruptedException {
        Path program = target.resolve("go").resolve(name);
        set("GO111MODULE", "off");
        set("GOPATH", GO_PATH);
        set("GOCACHE", target.resolve("go/cache").toString());
        execute(
                scratch,
                "",
                List.of(
                        "go",
                        "build",
                        "-o",
                        program.toString(),
                        source(name + ".go").toString()),
                0);
        return program.toString();
    }

    Set<String> names() {
        return commands.keySet();
    }

    /** @param exit what it is to end with */
    Figures run(String name, Path directory, int port, List<String> arguments, int exit)
            throws IOException, InterruptedException {
        return run(
                Stream.concat(commands.get(name).stream(), arguments.stream()).toList(), directory, port, exit);
    }

    /** @param command may say {@code $PORT} for where the sandbox is */
    Figures run(List<String> command, Path directory, int port, int exit) throws IOException, InterruptedException {
        Path figures = scratch.resolve("figures.json");
        List<String> measured =
                new ArrayList<>(List.of("python3", source("measure.py").toString(), figures.toString()));
        command.forEach(word -> measured.add(word.replace("$PORT", Integer.toString(port))));
        execute(directory, Integer.toString(port), measured, exit);
        return Json.MAPPER.readValue(figures.toFile(), Figures.class);
    }

    /** Waits for what a command makes behind its own back, to be quicker the next time. */
    void settle() throws IOException, InterruptedException {
        for (int tries = 0; tries < 120 && isBusy(); tries++) {
            Thread.sleep(500);
        }
    }

    private boolean isBusy() {
        String mark = "HOME=" + home;
        return ProcessHandle.allProcesses().anyMatch(process -> {
            try {
                return Files.readString(Path.of("/proc", Long.toString(process.pid()), "environ"))
                        .contains(mark);
            } catch (IOException | RuntimeException e) {
                return false; // another one's, or gone
            }
        });
    }

    Path source(String peer) {
        return target.resolve("../src/main/peers").resolve(peer).normalize();
    }

    /** A program for Node, beside OVH's own client. */
    Path script(String peer) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(target.resolve("node"));
        for (String file : List.of("package.json", "package-lock.json", peer)) {
            Files.copy(source(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(folder.resolve("node_modules"))) {
            execute(folder, "", List.of("npm", "ci", "--no-audit", "--no-fund"), 0);
        }
        return folder.resolve(peer);
    }

    /** {@link BareProgram}, with an archive of its classes. */
    List<String> bareProgram() throws IOException, InterruptedException {
        StringBuilder classPath = new StringBuilder(target.resolve("bench.jar").toString());
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            libraries
                    .filter(jar -> jar.getFileName().toString().matches("(okhttp-jvm|okio-jvm|kotlin-stdlib)-.*"))
                    .forEach(jar -> classPath.append(':').append(jar));
        }
        Path archive = scratch.resolve("bare.jsa");
        String url = "/1.0/auth/time";
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath.toString(),
                BareProgram.class.getName());
        List<String> training = new ArrayList<>(java);
        training.add(1, "-XX:ArchiveClassesAtExit=" + archive);
        training.add("https://localhost:" + sandbox.getPort() + url);
        execute(scratch, "", training, 0);
        List<String> command = new ArrayList<>(java);
        command.addAll(
                1,
                List.of(
                        "-XX:SharedArchiveFile=" + archive,
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0"));
        command.add("https://localhost:$PORT" + url);
        return command;
    }

    private void execute(Path directory, String port, List<String> command, int exit)
            throws IOException, InterruptedException {
        Path output = scratch.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PORT", port);
        builder.environment().put("OVH_ENDPOINT", "https://localhost:" + port + "/1.0");
        Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != exit) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " failed: " + Files.readString(output));
        }
    }

    /** What Java trusts by itself, and the sandbox too: as many authorities as there are in real life. */
    private static Path trustingJava(Path scratch, Path ca) throws IOException, GeneralSecurityException {
        Path usual = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        KeyStore trusted = KeyStore.getInstance(usual.toFile(), (char[]) null);
        KeyStore more = KeyStore.getInstance("JKS");
        more.load(null, null);
        for (String alias : Collections.list(trusted.aliases())) {
            more.setCertificateEntry(alias, trusted.getCertificate(alias));
        }
        try (InputStream certificate = Files.newInputStream(ca)) {
            more.setCertificateEntry(
                    "sandbox", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        Path file = scratch.resolve("trusted.jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            more.store(out, "changeit".toCharArray());
        }
        return file;
    }
}
