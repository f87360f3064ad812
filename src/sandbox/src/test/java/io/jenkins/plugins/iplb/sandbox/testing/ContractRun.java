package io.jenkins.plugins.iplb.sandbox.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test run's contract checks: reads OVH's description once, and says at the end what was checked. */
final class ContractRun implements AutoCloseable {
    static final String FOLDER = "OVH_OPENAPI_DIR";

    private final Optional<Contract> contract;
    private final AtomicLong checked = new AtomicLong();
    private final AtomicLong violated = new AtomicLong();

    private ContractRun() {
        contract = folder().map(Contract::load);
        if (contract.isEmpty()) {
            System.out.println("contract: OVH's OpenAPI description was not found, so exchanges are not checked against"
                    + " it (set " + FOLDER + " to its folder)");
        }
    }

    static ContractRun of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ContractRun.class))
                .computeIfAbsent(ContractRun.class, key -> new ContractRun(), ContractRun.class);
    }

    ContractCheck newCheck() {
        return new ContractCheck(contract, checked, violated);
    }

    @Override
    public void close() {
        if (contract.isPresent()) {
            System.out.println("contract: " + checked + " exchanges checked, " + violated + " violations");
        }
    }

    static Optional<Path> folder() {
        String named = System.getProperty(FOLDER, System.getenv().getOrDefault(FOLDER, ""));
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named)).filter(Files::isDirectory);
        }
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("shared").resolve("openapi"))
                .filter(Files::isDirectory)
                .findFirst();
    }
}
