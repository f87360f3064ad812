package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.ovh.SideBySide;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What an export is sure to read, side by side: as much as need not wait for anything else. */
final class ExportReads {
    private final Contents lb;
    private final Parts parts;

    ExportReads(Contents lb, Parts parts) {
        this.lb = lb;
        this.parts = parts;
    }

    void ahead() {
        SideBySide.allAfterTheFirst(each((kind, protocol) -> switch (kind) {
            case FAILOVER_IP -> Stream.of(lb::ips);
            case CERTIFICATE -> Stream.of(lb::certificates);
            case FARM -> Stream.of(() -> lb.farms(protocol.orElseThrow()));
            case FRONTEND ->
                Stream.of(() -> lb.frontends(protocol.orElseThrow()), () -> lb.routes(protocol.orElseThrow()));
            case SERVICE -> Stream.of(lb::loadBalancer);
            default -> Stream.empty();
        }));
        SideBySide.all(each((kind, protocol) -> kind == Kind.FARM ? servers(protocol.orElseThrow()) : Stream.empty()));
    }

    private Stream<Runnable> servers(Protocol protocol) {
        return lb.farms(protocol).stream().map(farm -> () -> lb.servers(protocol, farm.farmId()));
    }

    private Stream<Runnable> each(BiFunction<Kind, Optional<Protocol>, Stream<Runnable>> reads) {
        Stream<Optional<Protocol>> holders = Stream.concat(
                Stream.of(Optional.empty()), Arrays.stream(Protocol.values()).map(Optional::of));
        return holders.flatMap(protocol -> sections(protocol)
                .filter(section -> parts.have(section, protocol))
                .flatMap(section -> reads.apply(section.kind(), protocol)));
    }

    private static Stream<Section> sections(Optional<Protocol> protocol) {
        Stream<Section> all = Section.all(protocol).stream();
        return protocol.isPresent() ? all : Stream.concat(Stream.of(Section.SETTINGS), all);
    }
}
