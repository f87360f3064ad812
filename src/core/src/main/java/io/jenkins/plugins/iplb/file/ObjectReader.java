package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import io.jenkins.plugins.iplb.file.YamlNode.Scalar;
import io.jenkins.plugins.iplb.file.YamlNode.Sequence;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.operation.Wish;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one object into the operation that makes it so. */
final class ObjectReader {
    static final String STATE = "state";
    static final String PRESENT = "present";
    static final String ABSENT = "absent";

    private final Section section;
    private final Optional<Protocol> protocol;
    private final Mistakes mistakes;
    private final Set<String> secrets;

    /** @param secrets gets the names of what stands for secrets */
    ObjectReader(Section section, Optional<Protocol> protocol, Mistakes mistakes, Set<String> secrets) {
        this.section = section;
        this.protocol = protocol;
        this.mistakes = mistakes;
        this.secrets = secrets;
    }

    boolean isAbsent(Optional<Mapping> object) {
        return object.filter(fields -> ABSENT.equals(fields.json().path(STATE).asText()))
                .isPresent();
    }

    /** @param around what its place in the file says of it */
    Optional<List<Wish>> there(Fields around, Optional<String> key, Place place, Optional<Mapping> object) {
        Fields said = key.map(each -> section.ensured().says(each, around)).orElse(around);
        return wish(section.ensure(), said, section.fields(true, said), place, object);
    }

    Optional<List<Wish>> gone(Fields around, Optional<String> key, Place place, Optional<Mapping> object) {
        Fields said = key.map(each -> section.removed().says(each, around)).orElse(around);
        return wish(section.remove(), said, section.fields(false, said), place, object);
    }

    private Optional<List<Wish>> wish(
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

    private Optional<List<Wish>> wish(OperationType type, Fields given, Place place, Optional<Mapping> object) {
        try {
            return Optional.of(Wish.all(type, given, place.toString()));
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
        if (field.value().isSecret() && !isReference(value)) {
            mistakes.at(
                    value.place(),
                    "%s: is a secret, which no file holds; write ${NAME}, and give its value by that name"
                            .formatted(field.name()));
            return;
        }
        try {
            type.check(field, value.json(), protocol);
        } catch (InvalidInput e) {
            refuse(e, value, value.place());
        }
    }

    private boolean isReference(YamlNode value) {
        Optional<String> name = value instanceof Scalar scalar ? scalar.standsFor() : Optional.empty();
        name.ifPresent(secrets::add);
        return name.isPresent();
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
                && section.parts(protocol).stream().anyMatch(part -> part.name().equals(entry.key()));
        boolean isState = entry.key().equals(STATE) && section.mayBeAbsent();
        String state = entry.value().json().asText();
        if (isState && !state.equals(PRESENT) && !state.equals(ABSENT)) {
            mistakes.at(
                    entry.value().place(),
                    "state: %s was given; allowed: present, absent"
                            .formatted(entry.value().json()));
        } else if (!isPart && !isState) {
            List<String> words = new ArrayList<>(fields.stream()
                    .filter(each -> each.isOf(protocol))
                    .map(Parameter::name)
                    .toList());
            section.parts(protocol).stream().map(Section::name).forEach(words::add);
            if (section.mayBeAbsent()) {
                words.add(STATE);
            }
            String what = protocol.map(family -> family.code() + " ").orElse("") + section.object();
            mistakes.unknown(entry, type == section.ensure() ? what : what + " that is to be gone", words);
        }
    }
}
