package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A frontend has a farm by default, and another frontend the one that it had before: blue-green. Whether it is so is told by the
 * first frontend alone. That one is changed last, so that a switch that was cut off is gone on with, and one that is over is not
 * undone by asking for it again.
 *
 * @param and the frontend that gets what the first one had; empty for none
 */
public record SwitchFarm(String service, Protocol protocol, Reference frontend, Reference farm, Optional<Reference> and)
        implements Change {
    public static final String OPERATION = "switch-farm";

    private static final String FIELD = "defaultFarmId";

    public SwitchFarm {
        service = ServiceName.parse(service);
        if (and.filter(frontend::equals).isPresent()) {
            throw new InvalidInput("and", and.get().text(), "another frontend than %s", "frontend");
        }
    }

    @Override
    public String operation() {
        return OPERATION;
    }

    @Override
    public Fields wanted() {
        return Fields.none()
                .with("protocol", protocol.code())
                .with("frontend", frontend.text())
                .withPresent("zone", frontend.zone())
                .with("farm", farm.text())
                .withPresent("and", and.map(Reference::text));
    }

    @Override
    public Plan plan(Reader reader) {
        Frontend first = reader.frontend(protocol, frontend);
        Farm wanted = reader.farm(protocol, farm, first.zone());
        List<Switched> all = new ArrayList<>();
        and.map(other -> other(reader, first, other))
                .ifPresent(other -> all.add(new Switched(
                        other, first.isTo(wanted.farmId()) ? other.defaultFarmId() : first.defaultFarmId())));
        all.add(new Switched(first, wanted.farmId()));
        Lines lines = reader.lines(protocol);
        List<PlannedStep> steps = new ArrayList<>();
        for (Switched each : all) {
            if (each.changes()) {
                lines.farm(
                        each.frontend() == first
                                ? "farm"
                                : "farm of " + Reader.said(protocol, "frontend", each.frontend()),
                        each.frontend().defaultFarmId(),
                        each.farm());
                steps.add(PlannedStep.of(each.put(new ServiceCalls(service), protocol)));
            }
        }
        return new Plan(
                new About(Effect.CHANGED, Subjects.of(Kind.FRONTEND, first)),
                lines,
                json(all.stream().map(Switched::frontend)),
                json(all.stream().map(Switched::after)),
                steps,
                Fields.none()
                        .with("frontendId", first.frontendId())
                        .with("farmId", wanted.farmId())
                        .withPresent(
                                "previousFarmId",
                                Optional.ofNullable(first.defaultFarmId()).filter(farmId -> farmId != wanted.farmId()))
                        .with(
                                Plan.ZONES,
                                all.stream()
                                        .map(each -> each.frontend().zone())
                                        .distinct()
                                        .toList())
                        .json());
    }

    private Frontend other(Reader reader, Frontend first, Reference meant) {
        Frontend other = reader.frontend(protocol, meant.in(frontend.zone()));
        if (other.frontendId() == first.frontendId()) {
            throw new InvalidInput("and", meant.text(), "another frontend than %s", "frontend");
        }
        if (first.defaultFarmId() == null) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s has no default farm, which %s could get"
                            .formatted(
                                    Reader.said(protocol, "frontend", first),
                                    Reader.said(protocol, "frontend", other)));
        }
        return other;
    }

    @Override
    public List<String> warnings(Reader reader, Plan plan) {
        Frontend first = reader.frontend(protocol, frontend);
        return reader.apart(
                protocol,
                Reader.said(protocol, "frontend", first),
                first.zone(),
                reader.farm(protocol, farm, first.zone()));
    }

    private static ArrayNode json(Stream<Frontend> frontends) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        frontends.map(Plan::json).forEach(all::add);
        return all;
    }

    /** A frontend, and the farm that it is to have. */
    private record Switched(Frontend frontend, Long farm) {
        boolean changes() {
            return !Objects.equals(frontend.defaultFarmId(), farm);
        }

        Frontend after() {
            return frontend.to(farm);
        }

        ApiCall put(ServiceCalls calls, Protocol protocol) {
            return calls.updateFrontend(
                    protocol, frontend.frontendId(), Fields.none().with(FIELD, farm));
        }
    }
}
