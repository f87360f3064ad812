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
 * Gives each test an {@link Ansible} in a folder of its own. All tests of a process share one home, in which the collection
 * was installed from the archive that was built; it is gone with the process. Where there is no Ansible, the tests are left out.
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
        Folder directory = context.getStore(NAMESPACE).computeIfAbsent("directory", key -> new Folder(), Folder.class);
        return new Ansible(Home.PATH, directory.path);
    }

    /** A home with the collection: to install it, and to make the archive that its Java starts from, takes long. */
    private static final class Home {
        private static final Path PATH = made();

        private static Path made() {
            Folder folder = new Folder();
            Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
            new Ansible(folder.path, folder.path)
                    .run("ansible-galaxy", "collection", "install", System.getProperty("collection.archive"))
                    .succeeded();
            return folder.path;
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
