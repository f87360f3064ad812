package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodiesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1}              | {'a':1}             | true",
                "{'a':1}              | {'a':2}             | false",
                "{'a':null}           | {}                  | true",
                "{'a':[]}             | {}                  | true",
                "{'a':['x']}          | {'a':[]}            | false",
                "{'a':['x','y']}      | {'a':['x']}         | false",
                "{'a':{'b':1,'c':2}}  | {'a':{'b':1,'c':3}} | false",
                "{'a':{'b':1}}        | {'a':null}          | false",
                "{'a':{'b':null}}     | {'a':null}          | true",
                "{'r':[{'p':'x'}]}    | {'r':[{'p':'y'}]}   | false",
                "{'r':[{'p':1}]}      | {'r':[]}            | false",
                "{'r':[]}             | {'r':[{'p':1}]}     | false",
                "{'r':[{'p':1}]}      | {'r':[{'p':1},{'p':2}]} | false",
                "{'r':[{'p':1}]}      | {'r':[{'p':1}]}     | true",
                "{'a':false}          | {}                  | false",
            })
    void areTheSameWhenEveryFieldIs(String one, String other, boolean same) {
        assertThat(Bodies.same(json(one), json(other))).isEqualTo(same);
        assertThat(Bodies.same(json(other), json(one))).isEqualTo(same);
    }

    @Test
    void anIntAndALongOfOneValueAreTheSame() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;

        assertThat(Bodies.same(
                        nodes.objectNode().set("a", IntNode.valueOf(7)),
                        nodes.objectNode().set("a", LongNode.valueOf(7))))
                .isTrue();
    }
}
