package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * An object that is there, in the words of a change file.
 *
 * @param key what a file has it under: its name, a server's address, or else its id; empty for a route without a name
 * @param name what its owner calls it; empty for none
 * @param zone empty for what is in none
 * @param fields what there is to say of it below its key, but for what it is by itself
 * @param all the same with what its key says
 * @param parts what stands inside it, by the names of their sections
 * @param truth whether a field, as a file has it, says how it is
 */
record Told(
        long id,
        String key,
        Optional<String> name,
        Optional<String> zone,
        Map<String, Object> fields,
        Map<String, Object> all,
        Map<String, List<Told>> parts,
        BiPredicate<String, JsonNode> truth) {

    boolean isSo(String field, JsonNode said) {
        return truth.test(field, said);
    }

    /** Whether that is its id, its name or its key. */
    boolean isCalled(String word) {
        return List.of(Long.toString(id), name.orElse(key), key).contains(word);
    }
}
