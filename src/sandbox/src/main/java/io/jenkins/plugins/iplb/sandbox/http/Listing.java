package io.jenkins.plugins.iplb.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer of a list call: keys (ids or names), and the objects behind them, which a caller may ask for with
 * {@code X-Pagination-Mode: CachedObjectList-Pages} where the schema says {@code x-expanded-response}.
 */
public final class Listing {
    private final List<Entry> entries;

    private Listing(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    public static Builder of() {
        return new Builder();
    }

    public List<Entry> entries() {
        return entries;
    }

    /** One element, both ways of showing it. */
    public record Entry(JsonNode key, JsonNode object) {}

    /** Collects entries in the order in which they are answered. */
    public static final class Builder {
        private final List<Entry> entries = new ArrayList<>();

        public Builder add(Object key, JsonNode object) {
            entries.add(new Entry(Json.of(key), object));
            return this;
        }

        public Listing build() {
            return new Listing(entries);
        }
    }
}
