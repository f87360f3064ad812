package io.jenkins.plugins.iplb.sandbox.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import io.jenkins.plugins.iplb.sandbox.traffic.HaproxyProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** HAProxy's own word on configurations; a test is left out where there is no HAProxy. */
public final class Haproxy {
    private Haproxy() {}

    public static void assumeInstalled() {
        assumeTrue(isInstalled(), "HAProxy is not installed (Debian package haproxy)");
    }

    /** What a table says of HAProxy is of one version of it. */
    public static void assumeVersion(String version) throws IOException {
        assumeInstalled();
        Process asked = new ProcessBuilder(HaproxyProgram.find().orElseThrow().toString(), "-v").start();
        String told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(told.startsWith("HAProxy version " + version), "HAProxy is not of version " + version + ": " + told);
    }

    public static boolean isInstalled() {
        return HaproxyProgram.find().isPresent();
    }

    /** @return what HAProxy has to say against it, warnings too; empty = nothing */
    public static String complaints(Rendered rendered, Path folder) throws IOException {
        for (Map.Entry<String, String> file : rendered.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return complaints(folder, List.of(folder.resolve(Rendered.MAIN)));
    }

    /** The same of several that are in that folder, taken together. */
    public static String complaints(Path folder, List<Path> files) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(HaproxyProgram.find().orElseThrow().toString(), "-c"));
        files.forEach(file -> command.addAll(List.of("-f", file.toString())));
        Process check = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.equals("Configuration file is valid"))
                .collect(Collectors.joining("\n"));
    }
}
