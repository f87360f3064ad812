package io.jenkins.plugins.iplb.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.sandbox.testing.WritableFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every field that OVH's API takes of a load balancer's configuration can be said in a change file. */
class FileCoverageTest {
    private static final String SERVICE = "/ipLoadbalancing/{serviceName}";

    /** Calls that are no state: what is ordered, asked for or ended; and what belongs to the contract with OVH. */
    private static final Set<String> NO_STATE = Set.of(
            "/changeContact",
            "/confirmTermination",
            "/freeCertificate",
            "/log/subscription",
            "/log/url",
            "/quota/{}",
            "/refresh",
            "/serviceInfos",
            "/terminate",
            "/vrack/network/{}/updateFarmId");

    /** Enumerations that OVH sets: a description that refers to them does not say so. */
    private static final Set<String> SET_BY_OVH = Set.of(" state", "/http/route/{} status", "/tcp/route/{} status");

    /** Frontends within a vRack, and servers behind transparent addresses of one: no operation has them. */
    private static final Set<String> OF_NO_OPERATION = Set.of(
            "/http/frontend/{}/private",
            "/tcp/frontend/{}/private",
            "/http/farm/{}/server/{}/transparent",
            "/tcp/farm/{}/server/{}/transparent");

    /** Words of the file, where they are not OVH's own; an empty one is the key or the place. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "displayName", List.of(""),
            "frontendId", List.of(""),
            "farmId", List.of(""),
            "defaultFarmId", List.of("farm"),
            "dedicatedIpfo", List.of("ips"),
            "action", List.of("farm", "reject"),
            "address", List.of(""));

    @Test
    void whateverCanBeWrittenCanBeSaid() {
        Map<String, Map<String, Set<String>>> descriptions = WritableFields.ofLoadBalancers();
        assumeThat(descriptions).isNotEmpty();

        descriptions.forEach((description, byPath) -> {
            List<String> said = new ArrayList<>();
            List<String> unsaid = new ArrayList<>();
            byPath.forEach((path, fields) -> {
                String kind = path.replace(SERVICE, "").replaceAll("\\{\\w+}", "{}");
                if (path.startsWith(SERVICE) && !NO_STATE.contains(kind) && !OF_NO_OPERATION.contains(kind)) {
                    fields.stream()
                            .filter(field -> !SET_BY_OVH.contains(kind + " " + field))
                            .forEach(field -> (isSaid(kind.replaceAll("/\\{}$", ""), field) ? said : unsaid)
                                    .add(kind + " " + field));
                }
            });
            System.out.printf(
                    "change files: %s: %d fields that can be written, %d can be said%n",
                    description, said.size() + unsaid.size(), said.size());
            assertThat(unsaid).as(description).isEmpty();
            assertThat(said).hasSizeGreaterThan(100);
        });
    }

    private static boolean isSaid(String kind, String field) {
        Set<String> words = words(kind);
        return WORDS.getOrDefault(field, List.of(field)).stream()
                .allMatch(word -> word.isEmpty() || words.contains(word));
    }

    /** What there is to say of one. */
    private static Set<String> words(String kind) {
        if (kind.endsWith("/rule")) {
            return names(RuleSpec.PARAMETERS);
        }
        return switch (kind) {
            case "" -> names(Section.SETTINGS.fields());
            case "/ssl" -> names(section(Optional.empty(), "certificate").fields());
            case "/vrack/network" ->
                names(section(Optional.empty(), "vRack network").fields());
            default -> {
                Optional<Protocol> protocol = Optional.of(Protocol.parse(kind.split("/")[1]));
                Section section = kind.endsWith("/server")
                        ? section(protocol, "farm").parts().get(0)
                        : kind.endsWith("/route")
                                ? section(protocol, "frontend").parts().get(0)
                                : section(protocol, kind.split("/")[2]);
                yield names(section.fields().stream()
                        .filter(each -> each.protocols().contains(protocol.get()))
                        .toList());
            }
        };
    }

    private static Section section(Optional<Protocol> protocol, String object) {
        return Section.all(protocol).stream()
                .filter(section -> section.object().equals(object))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> names(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::name).collect(Collectors.toSet());
    }
}
