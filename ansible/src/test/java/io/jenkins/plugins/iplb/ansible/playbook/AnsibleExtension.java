package io.jenkins.plugins.iplb.ansible.playbook;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test an {@link Ansible} in a folder of its own. All tests of a run share one home, in which the collection
 * was installed from the archive that was built; JUnit closes what is in its stores. Where there is no Ansible, the tests are left out.
 */
final class AnsibleExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(AnsibleExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(isInstalled("ansible-playbook"), "there is no ansible-playbook on this machine");
    }

    static boolean isInstalled(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Ansible.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Home home = context.getRoot().getStore(NAMESPACE).computeIfAbsent("home", key -> new Home(), Home.class);
        Folder directory = context.getStore(NAMESPACE).computeIfAbsent("directory", key -> new Folder(), Folder.class);
        return new Ansible(home.folder.path, directory.path);
    }

    /** A home with the collection. */
    private static final class Home implements AutoCloseable {
        private final Folder folder = new Folder();

        private Home() {
            new Ansible(folder.path, folder.path)
                    .run("ansible-galaxy", "collection", "install", System.getProperty("collection.archive"))
                    .succeeded();
        }

        @Override
        public void close() {
            folder.close();
        }
    }

    /** A folder that is gone in the end. */
    private record Folder(Path path) implements AutoCloseable {
        private Folder() {
            this(made());
        }

        private static Path made() {
            try {
                return Files.createTempDirectory("iplb-ansible");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
