package io.jenkins.plugins.iplb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.faces.AnyAsked;
import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.OneLine;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
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
        AnyAsked any = new AnyAsked(sandbox, SEED);
        int meant = 0;
        for (int i = 0; i < INPUTS; i++) {
            meant += isMeant(any.next(), i) ? 1 : 0;
        }
        assertThat(meant).isBetween(INPUTS / 50, INPUTS * 9 / 10);
        assertThat(sandbox.calls().all()).isEmpty();
        System.out.printf("any arguments: seed %d, %,d of them, %,d can be meant, none escaped%n", SEED, INPUTS, meant);
    }

    private static boolean isMeant(FaceTable.Asked any, int input) {
        String asked = "input %d, %s".formatted(input, any);
        try {
            assertThat(any.operation().operation(new Fields(any.values())))
                    .as(asked)
                    .isNotNull();
            return true;
        } catch (InvalidInput e) {
            assertThat(e.parameter()).as(asked).isNotNull();
            assertThat(e)
                    .as(asked)
                    .message()
                    .startsWith(OneLine.of(e.parameter()) + ": ")
                    .contains("; allowed: ")
                    .hasSizeLessThan(LONGEST);
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(asked, e);
        }
    }
}
