package io.jenkins.plugins.iplb.sandbox.testing;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a fresh sandbox with the demo world, and holds every exchange of the test against OVH's OpenAPI
 * description. Test methods and {@code @BeforeEach} methods take {@link Sandbox} and {@link TestClock} as parameters.
 *
 * <p>Who uses it from the test-jar adds {@code com.networknt:json-schema-validator} in test scope; the judge runs on it.
 *
 * <p>The description is looked for in the folder that the system property or environment variable
 * {@code OVH_OPENAPI_DIR} names, else in a {@code shared/openapi} beside the working directory or any folder above it;
 * where there is none, this one check is left out, and the run says so once.
 */
public final class SandboxExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(SandboxExtension.class);

    private final UnaryOperator<World> world;

    /** With the demo world; for {@code @ExtendWith}. */
    public SandboxExtension() {
        this(DemoWorld::in);
    }

    /** With a world of the test's own; for {@code @RegisterExtension}. */
    public SandboxExtension(UnaryOperator<World> world) {
        this.world = world;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        boolean perTest = parameter.getDeclaringExecutable() instanceof Method;
        return perTest && (type == Sandbox.class || type == TestClock.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running =
                context.getStore(NAMESPACE).computeIfAbsent(context.getUniqueId(), id -> start(context), Running.class);
        return parameter.getParameter().getType() == TestClock.class ? running.clock : running.sandbox;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Running running = context.getStore(NAMESPACE).remove(context.getUniqueId(), Running.class);
        if (running != null) {
            running.sandbox.close();
            List<String> violations = running.check.violations();
            if (!violations.isEmpty()) {
                throw new AssertionError(
                        "Exchanges that OVH's description does not allow:\n  " + String.join("\n  ", violations));
            }
        }
    }

    private Running start(ExtensionContext context) {
        TestClock clock = new TestClock();
        ContractCheck check = ContractRun.of(context).newCheck();
        Sandbox sandbox = Sandbox.builder().clock(clock).world(world).start();
        sandbox.calls().onExchange(check);
        return new Running(sandbox, clock, check);
    }

    private record Running(Sandbox sandbox, TestClock clock, ContractCheck check) {}
}
