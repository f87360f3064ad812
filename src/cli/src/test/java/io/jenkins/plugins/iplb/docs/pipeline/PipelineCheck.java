package io.jenkins.plugins.iplb.docs.pipeline;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.docs.pipeline.Computed.Kind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;

/** Reads Pipelines, scripted and declarative ones, and holds every call of a step of ours against what the step takes. */
final class PipelineCheck {
    private final StepTypes types;

    PipelineCheck(StepTypes types) {
        this.types = types;
    }

    /**
     * @param calls of our steps, in the order of the text
     * @param mistakes each with its line
     */
    record Outcome(List<StepCall> calls, List<String> mistakes) {}

    /** Checks without running it, so that what stands behind a condition is checked as well. */
    Outcome check(String pipeline) {
        ModuleNode module;
        try {
            module = parse(pipeline);
        } catch (CompilationFailedException e) {
            return new Outcome(List.of(), List.of(e.getMessage()));
        }
        Calls calls = new Calls();
        module.getStatementBlock().visit(calls);
        for (ClassNode type : module.getClasses()) {
            for (MethodNode method : type.getMethods()) {
                if (method.getCode() != null && method.getCode() != module.getStatementBlock()) {
                    method.getCode().visit(calls);
                }
            }
        }
        return new Outcome(calls.found, calls.mistakes);
    }

    private static ModuleNode parse(String pipeline) {
        CompilationUnit unit = new CompilationUnit();
        SourceUnit source = unit.addSource("Jenkinsfile", pipeline);
        unit.compile(Phases.CONVERSION);
        return source.getAST();
    }

    /** A call of a function by that name. @throws InvalidInput when there is no such step */
    StepType step(String function) {
        return types.find(function)
                .orElseThrow(() -> Parameter.unknown(function, NullNode.instance, "this plugin", types.names()));
    }

    StepCall call(StepType step, Map<String, Object> given) {
        return new StepCall(step, given, types.failures());
    }

    private final class Calls extends CodeVisitorSupport {
        private final List<StepCall> found = new ArrayList<>();
        private final List<String> mistakes = new ArrayList<>();

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            String name = call.getMethodAsString();
            if (call.isImplicitThis() && name != null && StepTypes.isOurs(name)) {
                try {
                    StepCall step = call(step(name), given(name, call.getArguments()));
                    step.check();
                    found.add(step);
                } catch (IplbException e) {
                    mistakes.add("line %d: %s: %s".formatted(call.getLineNumber(), name, e.getMessage()));
                }
            }
            super.visitMethodCallExpression(call);
        }
    }

    private static Map<String, Object> given(String step, Expression arguments) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (Expression each : ((TupleExpression) arguments).getExpressions()) {
            if (each instanceof MapExpression named) {
                for (MapEntryExpression entry : named.getMapEntryExpressions()) {
                    given.put(entry.getKeyExpression().getText(), value(entry.getValueExpression()));
                }
            } else if (!(each instanceof ClosureExpression)) {
                throw new InvalidInput(step, each.getText(), "parameters by their names");
            }
        }
        return given;
    }

    /** What it is, if it stands for itself, else that it is computed. */
    private static Object value(Expression expression) {
        if (expression instanceof ConstantExpression constant) {
            return constant.getValue();
        }
        if (expression instanceof ListExpression list) {
            List<Object> values =
                    list.getExpressions().stream().map(PipelineCheck::value).toList();
            return values.stream().anyMatch(PipelineCheck::isComputed)
                    ? new Computed(Kind.LIST, expression.getText())
                    : values;
        }
        if (expression instanceof MapExpression map) {
            Map<String, Object> values = new LinkedHashMap<>();
            map.getMapEntryExpressions()
                    .forEach(each -> values.put(each.getKeyExpression().getText(), value(each.getValueExpression())));
            return values.values().stream().anyMatch(PipelineCheck::isComputed)
                    ? new Computed(Kind.MAP, expression.getText())
                    : values;
        }
        return new Computed(kind(expression), expression.getText());
    }

    private static boolean isComputed(Object value) {
        return value instanceof Computed;
    }

    private static Kind kind(Expression expression) {
        if (expression instanceof GStringExpression) {
            return Kind.TEXT;
        }
        if (expression instanceof ClosureExpression) {
            return Kind.BLOCK;
        }
        if (expression instanceof BooleanExpression) {
            return Kind.FLAG;
        }
        if (expression instanceof BinaryExpression binary) {
            return kind(binary.getOperation().getType(), binary.getLeftExpression());
        }
        return Kind.ANY;
    }

    private static Kind kind(int operator, Expression left) {
        if (Types.ofType(operator, Types.COMPARISON_OPERATOR) || Types.ofType(operator, Types.LOGICAL_OPERATOR)) {
            return Kind.FLAG;
        }
        return operator == Types.PLUS && value(left) instanceof String ? Kind.TEXT : Kind.ANY;
    }
}
