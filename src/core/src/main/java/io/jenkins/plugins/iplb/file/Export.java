package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The change file that says what is there, so that planning it finds nothing to do. */
public final class Export {
    private final Description lb;
    private final Parts parts;
    private final List<String> remarks = new ArrayList<>();

    private Export(Description lb, Parts parts, List<String> remarks) {
        this.lb = lb;
        this.parts = parts;
        this.remarks.addAll(remarks);
    }

    /**
     * Reads what is staged on a load balancer: one read for each list, and one for the servers of each farm.
     *
     * @throws io.jenkins.plugins.iplb.failure.InvalidInput for a part that is not there
     */
    public static String of(Snapshot lb, Parts parts) {
        Contents contents = Contents.of(lb);
        new ExportReads(contents, parts).ahead();
        return of(contents, parts, List.of());
    }

    /** @param remarks comments, before everything else */
    static String of(Contents contents, Parts parts, List<String> remarks) {
        return new Export(new Description(contents), parts, remarks).text();
    }

    private String text() {
        parts.check(lb);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(StateReader.LOAD_BALANCER, lb.service());
        if (parts.have(Section.SETTINGS, Optional.empty())) {
            lb.settings().ifPresent(settings -> putIfAny(document, Section.SETTINGS.name(), settings.fields()));
        }
        sections(document, Optional.empty());
        for (Protocol protocol : Protocol.values()) {
            Map<String, Object> family = new LinkedHashMap<>();
            sections(family, Optional.of(protocol));
            putIfAny(document, protocol.code(), family);
        }
        String remarked = remarks.stream().map("# %s%n"::formatted).collect(Collectors.joining());
        return remarked + Yaml.USUAL.lines(document);
    }

    private void sections(Map<String, Object> holder, Optional<Protocol> protocol) {
        for (Section section : Section.all(protocol)) {
            if (parts.have(section, protocol)) {
                lb.remarks(section, protocol).forEach(remarks::add);
                Object said = collection(section, parts.of(section, protocol, lb.all(section, protocol)));
                if (said != null) {
                    holder.put(section.name(), said);
                }
            }
        }
    }

    private static void putIfAny(Map<String, Object> object, String name, Map<String, Object> part) {
        if (!part.isEmpty()) {
            object.put(name, part);
        }
    }

    /** By their keys, those of one key in a list; all of them in one where names do not tell them. Null for none. */
    static Object collection(Section section, List<Told> all) {
        boolean areTold = all.stream()
                        .map(Told::key)
                        .filter(key -> !key.isEmpty())
                        .distinct()
                        .count()
                == all.size();
        if (section.mayBeNameless() && !areTold) {
            return all.stream().map(Told::all).toList();
        }
        Map<String, List<Told>> byKey =
                all.stream().collect(Collectors.groupingBy(Told::key, LinkedHashMap::new, Collectors.toList()));
        Map<String, Object> said = new LinkedHashMap<>();
        byKey.forEach((key, several) -> said.put(
                key,
                several.size() == 1
                        ? body(section, several.get(0))
                        : several.stream().map(told -> body(section, told)).toList()));
        return said.isEmpty() ? null : said;
    }

    /** What stands below its key; null for nothing. */
    static Map<String, Object> body(Section section, Told told) {
        Map<String, Object> body = new LinkedHashMap<>(told.fields());
        for (Section part : section.parts()) {
            Object inside = collection(part, told.parts().getOrDefault(part.name(), List.of()));
            if (inside != null) {
                body.put(part.name(), inside);
            }
        }
        return body.isEmpty() ? null : body;
    }
}
