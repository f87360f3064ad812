package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferencesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1}              | {'a':1}             | ''",
                "{'a':1}              | {'a':2}             | a: 1 -> 2",
                "{'a':null}           | {}                  | ''",
                "{'a':[]}             | {}                  | ''",
                "{'a':['x']}          | {'a':[]}            | a: [\"x\"] -> null",
                "{'a':['x','y']}      | {'a':['x']}         | a: [\"x\",\"y\"] -> [\"x\"]",
                "{'a':{'b':1,'c':2}}  | {'a':{'b':1,'c':3}} | a.c: 2 -> 3",
                "{'a':{'b':1}}        | {'a':null}          | a.b: 1 -> null",
                "{'r':[{'p':'x'}]}    | {'r':[{'p':'y'}]}   | 'r[0].p: \"x\" -> \"y\"'",
                "{'r':[{'p':1}]}      | {'r':[]}            | r[0].p: 1 -> null",
                "{'r':[]}             | {'r':[{'p':1}]}     | r[0].p: null -> 1",
                "{'r':[{'p':1}]}      | {'r':[{'p':1},{'p':2}]} | r[1].p: null -> 2",
                "{'a':false}          | {}                  | a: false -> null",
            })
    void areToldFieldByField(String before, String after, String difference) {
        assertThat(Differences.between(json(before), json(after)))
                .map(each -> "%s: %s -> %s".formatted(each.path(), each.before(), each.after()))
                .isEqualTo(difference.isEmpty() ? List.of() : List.of(difference));
    }

    @Test
    void anIntAndALongOfOneValueAreTheSame() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;

        assertThat(Differences.between(
                        nodes.objectNode().set("a", IntNode.valueOf(7)),
                        nodes.objectNode().set("a", LongNode.valueOf(7))))
                .isEmpty();
    }

    @Test
    void whatIsMadeIsTheDifferenceToNothing() {
        assertThat(Differences.between(NullNode.instance, json("{'a':1,'b':{'c':true}}")))
                .extracting(each -> each.path())
                .containsExactly("a", "b.c");
    }
}
