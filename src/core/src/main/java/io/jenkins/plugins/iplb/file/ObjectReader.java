package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import io.jenkins.plugins.iplb.file.YamlNode.Sequence;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.operation.Wish;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one object into the operation that makes it so. */
final class ObjectReader {
    static final String STATE = "state";
    static final String PRESENT = "present";
    static final String ABSENT = "absent";

    private final Section section;
    private final Protocol protocol;
    private final Mistakes mistakes;

    ObjectReader(Section section, Protocol protocol, Mistakes mistakes) {
        this.section = section;
        this.protocol = protocol;
        this.mistakes = mistakes;
    }

    boolean isAbsent(Optional<Mapping> object) {
        return object.filter(fields -> ABSENT.equals(fields.json().path(STATE).asText()))
                .isPresent();
    }

    /** @param around what its place in the file says of it */
    Optional<Wish> there(Fields around, Optional<String> key, Place place, Optional<Mapping> object) {
        Fields said = key.map(section.ensured()).map(around::and).orElse(around);
        return wish(section.ensure(), said, section.fields(true, said), place, object);
    }

    Optional<Wish> gone(Fields around, Optional<String> key, Place place, Optional<Mapping> object) {
        Fields said = key.map(section.removed()).map(around::and).orElse(around);
        return wish(section.remove(), said, section.fields(false, said), place, object);
    }

    private Optional<Wish> wish(
            OperationType type, Fields said, List<Parameter> fields, Place place, Optional<Mapping> object) {
        int before = mistakes.count();
        Fields given = said;
        for (Entry entry : object.map(Mapping::entries).orElse(List.of())) {
            Optional<Parameter> field = fields.stream()
                    .filter(each -> each.name().equals(entry.key()))
                    .findFirst();
            if (field.isPresent()) {
                check(type, field.get(), entry.value());
                given = given.with(entry.key(), entry.value().json());
            } else {
                other(type, entry, fields);
            }
        }
        return mistakes.count() > before ? Optional.empty() : wish(type, given, place, object);
    }

    private Optional<Wish> wish(OperationType type, Fields given, Place place, Optional<Mapping> object) {
        try {
            return Optional.of(Wish.of(type, given, place.toString()));
        } catch (InvalidInput e) {
            refuse(e, object.<YamlNode>map(mapping -> mapping).orElse(null), place);
            return Optional.empty();
        }
    }

    /** Each element of a list by itself, so that a mistake has its own place. */
    private void check(OperationType type, Parameter field, YamlNode value) {
        if (field.value() instanceof ListOf && value instanceof Sequence list) {
            list.items().forEach(item -> check(type, field, item));
            return;
        }
        try {
            type.check(field, value.json(), Optional.of(protocol));
        } catch (InvalidInput e) {
            refuse(e, value, value.place());
        }
    }

    private void refuse(InvalidInput mistake, YamlNode within, Place otherwise) {
        Place place = within instanceof Mapping mapping ? place(mapping, mistake.parameter(), otherwise) : otherwise;
        mistakes.at(place, mistake.getMessage());
    }

    /** Of the value of a field, which may be one of a field: {@code probe.port}. */
    private static Place place(Mapping within, String parameter, Place otherwise) {
        for (Entry entry : within.entries()) {
            if (entry.key().equals(parameter) || parameter.endsWith("." + entry.key())) {
                return entry.value().place();
            }
            if (parameter.startsWith(entry.key() + ".") && entry.value() instanceof Mapping inner) {
                return place(
                        inner,
                        parameter.substring(entry.key().length() + 1),
                        entry.value().place());
            }
        }
        return otherwise;
    }

    /** What is not one of its fields. */
    private void other(OperationType type, Entry entry, List<Parameter> fields) {
        boolean isPart = type == section.ensure()
                && section.parts().stream()
                        .anyMatch(part -> part.isOf(protocol) && part.name().equals(entry.key()));
        String state = entry.value().json().asText();
        if (entry.key().equals(STATE) && !state.equals(PRESENT) && !state.equals(ABSENT)) {
            mistakes.at(
                    entry.value().place(),
                    "state: %s was given; allowed: present, absent"
                            .formatted(entry.value().json()));
        } else if (!isPart && !entry.key().equals(STATE)) {
            List<String> words = new ArrayList<>(fields.stream()
                    .filter(each -> each.protocols().contains(protocol))
                    .map(Parameter::name)
                    .toList());
            section.parts().stream()
                    .filter(part -> part.isOf(protocol))
                    .map(Section::name)
                    .forEach(words::add);
            words.add(STATE);
            String what = "%s %s".formatted(protocol.code(), section.object());
            mistakes.unknown(entry, type == section.ensure() ? what : what + " that is to be gone", words);
        }
    }
}
