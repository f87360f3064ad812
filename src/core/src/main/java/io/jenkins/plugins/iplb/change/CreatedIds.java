package io.jenkins.plugins.iplb.change;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ids that the steps of a plan have made so far. Immutable. */
public final class CreatedIds {
    static final CreatedIds NONE = new CreatedIds(Map.of());

    private final Map<NewId, Long> ids;

    private CreatedIds(Map<NewId, Long> ids) {
        this.ids = ids;
    }

    CreatedIds with(NewId created, long id) {
        Map<NewId, Long> all = new HashMap<>(ids);
        all.put(created, id);
        return new CreatedIds(all);
    }

    /** @throws java.util.NoSuchElementException when no step has made it yet */
    public long of(ObjectId object) {
        return object instanceof ObjectId.Known known
                ? known.id()
                : find((NewId) object).orElseThrow();
    }

    /** Empty when no step has made it yet. */
    public Optional<Long> find(NewId object) {
        return Optional.ofNullable(ids.get(object));
    }

    /** Those of these objects that have been made. */
    public List<Long> of(List<NewId> objects) {
        return objects.stream().flatMap(object -> find(object).stream()).toList();
    }
}
