package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.stream.Collectors;

/** An object with an id and a name that its owner gave it, which OVH keeps neither unique nor mandatory. */
public interface Named {
    long id();

    /** Whether it is there, and not only planned: OVH's ids are above zero. */
    @JsonIgnore
    default boolean isThere() {
        return id() > 0;
    }

    String displayName();

    /** The zone that it is in; null for what is in none. */
    default String zone() {
        return null;
    }

    /** What there is to choose from, as a sentence: the names with their ids. */
    static String thereAre(List<? extends Named> all) {
        return all.isEmpty()
                ? "there is none"
                : all.stream()
                        .map(each -> each.displayName() == null
                                ? Long.toString(each.id())
                                : "'%s' (%d)".formatted(each.displayName(), each.id()))
                        .collect(Collectors.joining(", ", all.size() == 1 ? "there is only " : "there are ", ""));
    }
}
