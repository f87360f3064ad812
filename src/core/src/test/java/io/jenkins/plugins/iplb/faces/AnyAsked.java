package io.jenkins.plugins.iplb.faces;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.faces.FaceTable.Asked;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.testing.AnyValue;
import java.util.List;
import java.util.Random;

/** What is good together, with one to three values that may be anything. */
public final class AnyAsked {
    private final List<Asked> good;
    private final Random random;
    private final AnyValue any;

    public AnyAsked(Sandbox sandbox, long seed) {
        this.good = FaceTable.good().stream().map(asked -> asked.on(sandbox)).toList();
        this.random = new Random(seed);
        this.any = new AnyValue(random);
    }

    public Asked next() {
        Asked asked = good.get(random.nextInt(good.size()));
        ObjectNode values = asked.values().deepCopy();
        List<Parameter> parameters = asked.operation().parameters();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            String name = parameters.get(random.nextInt(parameters.size())).name();
            switch (random.nextInt(10)) {
                case 0 -> values.remove(name);
                case 1 -> values.set(any.next().asText("?"), any.next());
                default -> values.set(name, any.next());
            }
        }
        return new Asked(asked.operation(), values);
    }
}
