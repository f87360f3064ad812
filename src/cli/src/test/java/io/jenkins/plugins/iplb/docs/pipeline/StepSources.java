package io.jenkins.plugins.iplb.docs.pipeline;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Java sources of the steps as the build of the plugin has them: those that its script makes of the catalogue, made here
 * by that script, and those that are written by hand.
 */
public final class StepSources {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path SCRIPT = ROOT.resolve("jenkins-plugin/src/build/operations.groovy");
    private static final Path HELP = ROOT.resolve("jenkins-plugin/src/main/help");
    private static final Path BY_HAND = ROOT.resolve("pipeline-steps/src/main/java");

    private final Path generated;

    private StepSources(Path generated) {
        this.generated = generated;
    }

    /** @param folder for what the script makes */
    public static StepSources in(Path folder) {
        Project project = new Project(folder);
        try {
            new GroovyShell(new Binding(Map.of("project", project))).evaluate(SCRIPT.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new StepSources(folder);
    }

    /** Made and written ones. */
    List<Path> files() {
        return Stream.of(generated.resolve("generated-sources/operations"), BY_HAND)
                .flatMap(StepSources::javaFiles)
                .toList();
    }

    /** The texts of the fields beside the classes, by the language's ending. */
    public Path texts() {
        return generated.resolve("generated-resources/operations/io/jenkins/plugins/iplb/pipeline");
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the script wants of Maven's project. */
    public static final class Project {
        private final Path folder;

        Project(Path folder) {
            this.folder = folder;
        }

        public Map<String, String> getBuild() {
            return Map.of("directory", folder.toString());
        }

        public Map<String, String> getProperties() {
            return Map.of("operations.help", HELP.toString(), "operations.face", "steps");
        }

        public List<Folder> getResources() {
            return List.of(new Folder(""));
        }

        public void addCompileSourceRoot(String path) {
            // Nothing is compiled here.
        }

        public void addResource(Folder added) {
            // Nothing is packaged here.
        }
    }

    /** A folder of resources. */
    public static final class Folder implements Cloneable {
        private String directory;

        Folder(String directory) {
            this.directory = directory;
        }

        public String getDirectory() {
            return directory;
        }

        public void setDirectory(String other) {
            directory = other;
        }

        @Override
        public Folder clone() {
            return new Folder(directory);
        }
    }
}
