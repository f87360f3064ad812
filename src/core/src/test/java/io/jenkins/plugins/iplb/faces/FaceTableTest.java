package io.jenkins.plugins.iplb.faces;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.DeploymentOperations;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaceTableTest {
    /** Those that have another meaning than what is told by it. */
    private static final Set<String> RENAMING = Set.of("ensure-farm.name", "ensure-server.name");

    static Stream<OperationType> operations() {
        return Catalogue.all().stream();
    }

    static Stream<OperationType> operationsAndDeployments() {
        return Stream.concat(operations(), DeploymentOperations.all().stream());
    }

    @ParameterizedTest
    @MethodSource("operationsAndDeployments")
    void hasAGoodValueForEveryParameter(OperationType operation) {
        Set<String> inTheTable = Stream.concat(FaceTable.good().stream(), FaceTable.deployments().stream())
                .filter(asked -> asked.operation().equals(operation))
                .flatMap(asked -> asked.values().properties().stream())
                .map(each -> each.getKey())
                .collect(Collectors.toSet());

        assertThat(operation.parameters())
                .extracting(Parameter::name)
                .filteredOn(name -> !RENAMING.contains(operation.name() + "." + name))
                .isSubsetOf(inTheTable);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void hasABadValueForEveryParameterThatDoesNotTakeAnyText(OperationType operation) {
        Set<String> inTheTable = FaceTable.bad().stream()
                .filter(slip -> slip.asked().operation().equals(operation))
                .map(slip -> slip.parameter().name())
                .collect(Collectors.toSet());

        assertThat(operation.parameters())
                .extracting(Parameter::name)
                .filteredOn(name -> !name.equals("pattern"))
                .isSubsetOf(inTheTable);
    }
}
