package io.jenkins.plugins.iplb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Any values for the parameters of any operation: it is one that can be meant, or it is refused by the name of a parameter.
 * More are tried with {@code -Dfuzz.inputs=1000000}, others with {@code -Dfuzz.seed=2}.
 */
@ExtendWith(SandboxExtension.class)
class AnyArgumentsTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 100_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    /** A message says what was given, which may be long, and what is allowed. */
    private static final int LONGEST = 20_000;

    @Test
    void whatCannotBeMeantIsRefusedByTheNameOfAParameter(Sandbox sandbox) {
        List<FaceTable.Asked> good =
                FaceTable.good().stream().map(asked -> asked.on(sandbox)).toList();
        Random random = new Random(SEED);
        AnyValue any = new AnyValue(random);
        int meant = 0;
        for (int i = 0; i < INPUTS; i++) {
            FaceTable.Asked asked = good.get(random.nextInt(good.size()));
            ObjectNode values = changed(asked, random, any);
            meant += isMeant(asked.operation(), values, i) ? 1 : 0;
        }
        assertThat(meant).isBetween(INPUTS / 50, INPUTS * 9 / 10);
        assertThat(sandbox.calls().all()).isEmpty();
        System.out.printf("any arguments: seed %d, %,d of them, %,d can be meant, none escaped%n", SEED, INPUTS, meant);
    }

    private static ObjectNode changed(FaceTable.Asked asked, Random random, AnyValue any) {
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
        return values;
    }

    private static boolean isMeant(OperationType operation, ObjectNode values, int input) {
        String asked = "input %d, %s %s".formatted(input, operation.name(), values);
        try {
            assertThat(operation.operation(new Fields(values))).as(asked).isNotNull();
            return true;
        } catch (InvalidInput e) {
            assertThat(e.parameter()).as(asked).isNotNull();
            assertThat(e)
                    .as(asked)
                    .message()
                    .startsWith(e.parameter() + ": ")
                    .contains("; allowed: ")
                    .hasSizeLessThan(LONGEST);
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(asked, e);
        }
    }
}
