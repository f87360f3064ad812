package io.jenkins.plugins.iplb.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
    private static final String ROUTE = "service:'lb',protocol:'tcp',frontend:'https'";

    static Stream<OperationType> operations() {
        return Catalogue.all().stream();
    }

    @Test
    void holdsEveryOperation() {
        assertThat(Catalogue.all())
                .extracting(OperationType::name)
                .containsExactly(
                        "add-route",
                        "add-rule",
                        "set-stickiness",
                        "move-failover",
                        "park-failover",
                        "dedicate-failover",
                        "ensure-frontend",
                        "ensure-farm",
                        "ensure-server",
                        "remove-route",
                        "remove-rule",
                        "remove-frontend",
                        "remove-farm",
                        "remove-server",
                        "ensure-certificate",
                        "rotate-certificate",
                        "remove-certificate",
                        "order-free-certificate",
                        "set-service",
                        "ensure-vrack-network",
                        "remove-vrack-network",
                        "drain",
                        "undrain",
                        "switch-farm",
                        "refresh",
                        "enable-http2",
                        "check-http2",
                        "check-traffic",
                        "check-metrics",
                        "show",
                        "metrics-token");
    }

    /** OVH's texts say "Additional IP" since 2025; parameters and operations keep their names. */
    @Test
    void aFailoverIpIsSaidToBeCalledAnAdditionalIpNow() {
        assertThat(Catalogue.all())
                .extracting(OperationType::description)
                .filteredOn(description -> description.contains("additional IP"))
                .singleElement()
                .asString()
                .startsWith("Moves a failover IP, which OVH calls an additional IP now,");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aDeclarationIsWhole(OperationType operation) {
        List<String> names =
                operation.parameters().stream().map(Parameter::name).toList();

        assertThat(operation.description()).endsWith(".");
        assertThat(names).doesNotHaveDuplicates();
        assertThat(operation.groups()).allSatisfy(group -> assertThat(names).containsAll(group.names()));
        assertThat(operation.parameters()).allSatisfy(each -> {
            assertThat(each.name()).matches("[a-z]+[0-9]?([A-Z][a-z]+)*");
            assertThat(each.description()).isNotBlank().doesNotEndWith(".");
            assertThat(each.description().substring(0, 1)).isUpperCase();
            assertThat(each.value().form()).isNotBlank();
            assertThat(each.value().allowed()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatIsNeededIsAskedForByItsName(OperationType operation) {
        String first = operation.parameters().get(0).name();

        assertThatThrownBy(() -> operation.check(Fields.none()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(first + ": nothing was given; allowed: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            farm:'a', fronted:'x'      | fronted: 'x' was given; allowed: nothing: add-route has no such parameter; did you mean frontend?
            farm:'a', colour:1         | colour: 1 was given; allowed: nothing: add-route has no such parameter, but service, protocol, frontend, farm, redirect, reject, status, weight, name, rules, zone
            farm:'a', weight:'300'     | weight: '300' was given; allowed: 0 to 255
            farm:'a', status:403       | status: 403 was given; allowed: nothing: tcp routes have no status
            weight:1                   | farm: nothing was given; allowed: exactly one of farm, redirect and reject
            farm:'a', reject:true      | reject: true was given; allowed: exactly one of farm, redirect and reject
            farm:null                  | farm: nothing was given; allowed: an id (a whole number from 1) or a name
            """)
    void whatCannotBeMeantIsRefused(String given, String message) {
        assertThatThrownBy(() -> Catalogue.named("add-route").operation(fields(ROUTE + "," + given)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(message);
    }

    @Test
    void anEmptyListIsNotWhatIsNeeded() {
        Fields none = Fields.none().with("service", "loadbalancer-1").with("hosts", List.of());

        assertThatThrownBy(() -> Catalogue.named("order-free-certificate").operation(none))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("hosts: nothing was given; allowed: ");
    }

    @Test
    void aFaceSaysTheParametersInItsOwnWords() {
        InvalidInput refusal = null;
        try {
            Catalogue.named("ensure-frontend")
                    .operation(fields(
                            "service:'lb',protocol:'tcp',name:'f',allowedSource:'10.0.0.1',deniedSource:'10.0.0.2'"));
        } catch (InvalidInput e) {
            refusal = e;
        }

        assertThat(refusal.message(
                        name -> "--" + name.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT)))
                .isEqualTo("--denied-source: [\"10.0.0.2/32\"] was given;"
                        + " allowed: at most one of --allowed-source and --denied-source");
    }

    private static ObjectNode wanted(Operation operation) {
        return ((Operation.OnLoadBalancer) operation).wanted().json();
    }

    @Test
    void numbersAndFlagsMayBeText() {
        Operation text = Catalogue.named("add-route").operation(fields(ROUTE + ",reject:'true',weight:'7'"));
        Operation typed = Catalogue.named("add-route").operation(fields(ROUTE + ",reject:true,weight:7"));

        assertThat(wanted(text)).isEqualTo(wanted(typed));
    }

    @Test
    void aFrontendThatIsThereIsMeantByItsNameAlone() {
        assertThat(wanted(Catalogue.named("ensure-frontend")
                        .operation(fields("service:'lb',protocol:'http',name:'https',hsts:'true'"))))
                .isEqualTo(fields("protocol:'http',name:'https',hsts:true").json());
    }

    @Test
    void aliasesKeepTheirNamesInTheRecord() {
        Operation stickiness = Catalogue.named("set-stickiness")
                .operation(fields("service:'lb',protocol:'tcp',farm:5,stickiness:'none'"));
        Operation dedicated = Catalogue.named("dedicate-failover")
                .operation(fields("service:'lb',protocol:'udp',frontend:'dns',ips:'10.0.0.1 10.0.0.2'"));

        assertThat(stickiness.name()).isEqualTo("set-stickiness");
        assertThat(wanted(stickiness))
                .isEqualTo(fields("protocol:'tcp',farm:'5',stickiness:'none'").json());
        assertThat(wanted(dedicated))
                .isEqualTo(fields("protocol:'udp',frontend:'dns',ips:['10.0.0.1/32','10.0.0.2/32']")
                        .json());
    }

    @Test
    void aProtocolHasItsOwnParametersAndChoices() {
        OperationType farm = Catalogue.named("ensure-farm");

        assertThat(farm.parameters(Protocol.UDP))
                .extracting(Parameter::name)
                .containsExactly("service", "protocol", "farm", "name", "zone", "port", "vrackNetworkId");
        assertThat(farm.parameter("balance").on(Protocol.TCP).value().choices()).doesNotContain("uri");
        assertThat(farm.parameter("farm").live()).hasValue(LiveList.FARMS);
    }

    private static Fields fields(String content) {
        String json =
                "{" + content.replaceAll("(\\w+):(?=['\\[{\\w])", "\"$1\":").replace('\'', '"') + "}";
        try {
            return new Fields((ObjectNode) Json.MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
