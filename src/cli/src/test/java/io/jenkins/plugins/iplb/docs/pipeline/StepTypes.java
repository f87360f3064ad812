package io.jenkins.plugins.iplb.docs.pipeline;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.operation.OperationType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * All steps as their classes have them: what a Pipeline may give is what data is bound to, in the class of the step or in one
 * that it extends.
 */
public final class StepTypes {
    private static final String FUNCTIONS = "iplb";

    private final Map<String, StepType> steps = new TreeMap<>();
    private final List<String> failures;

    private StepTypes(List<String> failures) {
        this.failures = failures;
    }

    /** Read from the sources, which are parsed and not compiled: that takes no Jenkins. */
    public static StepTypes of(StepSources sources) {
        Map<String, ClassTree> classes = new HashMap<>();
        for (CompilationUnitTree unit : parsed(sources)) {
            for (Tree type : unit.getTypeDecls()) {
                if (type instanceof ClassTree each) {
                    classes.put(each.getSimpleName().toString(), each);
                }
            }
        }
        ClassTree base = classes.get("IplbStep");
        StepTypes types = new StepTypes(
                Stream.of("FAIL", "UNSTABLE").map(name -> constant(base, name)).toList());
        classes.values()
                .forEach(each -> operation(each).ifPresent(name -> {
                    OperationType operation = FileOperations.named(name);
                    String function = FUNCTIONS
                            + Stream.of(name.split("-"))
                                    .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                                    .collect(Collectors.joining());
                    types.steps.put(
                            function,
                            new StepType(
                                    function,
                                    each.getSimpleName().toString(),
                                    operation,
                                    fields(each, classes),
                                    takesBlock(each)));
                }));
        return types;
    }

    public List<StepType> all() {
        return List.copyOf(steps.values());
    }

    Optional<StepType> find(String function) {
        return Optional.ofNullable(steps.get(function));
    }

    /** What a failure may make of a build. */
    List<String> failures() {
        return failures;
    }

    List<String> names() {
        return List.copyOf(steps.keySet());
    }

    /** Whether that could be meant for one of ours. */
    static boolean isOurs(String function) {
        return function.toLowerCase(Locale.ROOT).startsWith(FUNCTIONS);
    }

    private static Iterable<? extends CompilationUnitTree> parsed(StepSources sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        JavacTask task = (JavacTask)
                compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources.files()));
        try {
            return task.parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the descriptor of a step says that it carries out. */
    private static Optional<String> operation(ClassTree type) {
        return type.getMembers().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .filter(each -> each.getSimpleName().contentEquals("DescriptorImpl"))
                .findFirst()
                .map(StepTypes::textGivenToSuper);
    }

    private static String textGivenToSuper(ClassTree descriptor) {
        return new TreeScanner<String, Void>() {
            @Override
            public String visitMethodInvocation(MethodInvocationTree call, Void none) {
                return call.getMethodSelect().toString().equals("super")
                                && call.getArguments().get(0) instanceof LiteralTree text
                        ? (String) text.getValue()
                        : super.visitMethodInvocation(call, none);
            }

            @Override
            public String reduce(String one, String other) {
                return one == null ? other : one;
            }
        }.scan(descriptor, null);
    }

    private static boolean takesBlock(ClassTree type) {
        return type.toString().contains("extends BlockStepDescriptor");
    }

    private static Map<String, String> fields(ClassTree type, Map<String, ClassTree> classes) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (ClassTree each = type; each != null; each = superclass(each, classes)) {
            for (Tree member : each.getMembers()) {
                if (member instanceof MethodTree method && isBound(method)) {
                    bound(method).forEach(fields::putIfAbsent);
                }
            }
        }
        return fields;
    }

    private static ClassTree superclass(ClassTree type, Map<String, ClassTree> classes) {
        return type.getExtendsClause() == null
                ? null
                : classes.get(type.getExtendsClause().toString());
    }

    private static boolean isBound(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .map(Object::toString)
                .anyMatch(List.of("DataBoundConstructor", "DataBoundSetter")::contains);
    }

    private static Map<String, String> bound(MethodTree method) {
        Map<String, String> bound = new LinkedHashMap<>();
        boolean isSetter = method.getReturnType() != null;
        for (VariableTree parameter : method.getParameters()) {
            String setter = method.getName().toString();
            String name = isSetter
                    ? setter.substring(3, 4).toLowerCase(Locale.ROOT) + setter.substring(4)
                    : parameter.getName().toString();
            bound.put(name, parameter.getType().toString());
        }
        return bound;
    }

    private static String constant(ClassTree type, String name) {
        return type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(each -> each.getName().contentEquals(name))
                .map(each -> (String) ((LiteralTree) each.getInitializer()).getValue())
                .findFirst()
                .orElseThrow();
    }
}
