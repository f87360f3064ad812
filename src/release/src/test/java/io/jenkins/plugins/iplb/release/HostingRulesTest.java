package io.jenkins.plugins.iplb.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilePhase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What the Jenkins project asks of a plugin that it is to host: the rules of the hosting checker of
 * jenkins-infra/repository-permissions-updater as of August 2026, class by class. It looks into the root of a repository
 * only; here both plugins are looked at.
 */
class HostingRulesTest {
    private static final Path TOP = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> PLUGINS = List.of("jenkins-plugin", "pipeline-steps");
    private static final String REPOSITORY = "https://github.com/jenkinsci/ovh-iplb-plugin";

    /** Versions of Java that the Jenkins project's controller builds with. */
    private static final Set<Object> BUILDERS = Set.of(21, 25);

    private static final int LOWEST_PARENT = 2211;

    /** What there is an API plugin for, of what this project could use. */
    private static final Set<String> BANNED = Set.of(
            "com.squareup.okhttp3:okhttp",
            "com.fasterxml.jackson.core:jackson-core",
            "com.fasterxml.jackson.core:jackson-databind",
            "com.google.code.gson:gson",
            "org.apache.commons:commons-lang3",
            "org.apache.commons:commons-text",
            "org.apache.commons:commons-compress",
            "org.yaml:snakeyaml",
            "org.json:json",
            "org.apache.httpcomponents:httpclient",
            "org.bouncycastle:bcprov-jdk18on",
            "joda-time:joda-time");

    // ---- RequiredFilesVerifier

    @Test
    void theJenkinsfileIsOneCallOfBuildPluginWithItsConfigurations() throws IOException {
        List<MethodCallExpression> calls = new ArrayList<>();
        new AstBuilder()
                .buildFromString(CompilePhase.CONVERSION, true, read("Jenkinsfile"))
                .forEach(node -> node.visit(new CodeVisitorSupport() {
                    @Override
                    public void visitMethodCallExpression(MethodCallExpression call) {
                        calls.add(call);
                        super.visitMethodCallExpression(call);
                    }
                }));

        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.getMethodAsString()).isEqualTo("buildPlugin");
            Map<String, Expression> given = entries(((TupleExpression) call.getArguments()).getExpression(0));
            assertThat(((ListExpression) given.get("configurations")).getExpressions())
                    .isNotEmpty()
                    .allSatisfy(each -> {
                        Map<String, Expression> configuration = entries(each);
                        assertThat(configuration).containsOnlyKeys("platform", "jdk");
                        assertThat(BUILDERS).contains(((ConstantExpression) configuration.get("jdk")).getValue());
                    });
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "LICENSE",
                ".github/workflows/jenkins-security-scan.yml",
                ".github/workflows/cd.yaml",
                ".github/renovate.json"
            })
    void theFileIsThere(String file) {
        assertThat(TOP.resolve(file)).isNotEmptyFile();
    }

    @Test
    void whoOwnsTheCodeIsTheTeamOfTheRepository() throws IOException {
        assertThat(read(".github/CODEOWNERS").lines()).contains("* @jenkinsci/ovh-iplb-plugin-developers");
    }

    @Test
    void whatIsBuiltIsNotCheckedIn() throws IOException {
        assertThat(read(".gitignore").lines()).contains("target/", "work/");
    }

    @ParameterizedTest
    @ValueSource(strings = {".github/release-drafter.yml", ".github/workflows/release-drafter.yml"})
    void nothingDraftsReleasesBesideTheContinuousDelivery(String file) {
        assertThat(TOP.resolve(file)).doesNotExist();
    }

    // ---- MavenVerifier

    static Stream<String> plugins() {
        return PLUGINS.stream();
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void thePluginIsNamedAsOneOfTheJenkinsProjects(String module) throws Exception {
        Element pom = pom(module);

        assertThat(text(pom, "groupId")).isEqualTo("io.jenkins.plugins");
        assertThat(text(pom, "artifactId"))
                .matches("[a-z][a-z0-9-]*")
                .doesNotContain("jenkins", "plugin")
                .hasSizeLessThan(37);
        assertThat(text(pom, "groupId") + text(pom, "artifactId")).hasSizeLessThan(100);
        assertThat(text(pom, "name")).isNotBlank().doesNotContainIgnoringCase("jenkins");
        assertThat(text(pom, "url")).isEqualTo(REPOSITORY);
        assertThat(text(pom, "licenses/license/name")).isEqualTo("MIT License");
        assertThat(child(pom, "developers")).isNull();
        assertThat(text(pom, "parent/groupId")).isEqualTo("org.jenkins-ci.plugins");
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void whereItsSourcesAreIsSaid(String module) throws Exception {
        Element pom = pom(module);

        assertThat(text(pom, "scm/connection")).isEqualTo("scm:git:" + REPOSITORY + ".git");
        assertThat(text(pom, "scm/developerConnection")).startsWith("scm:git:");
        assertThat(text(pom, "scm/tag")).isNotBlank();
        assertThat(text(pom, "scm/url")).isEqualTo(REPOSITORY);
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void itsPropertiesAreThoseThatAreAskedFor(String module) throws Exception {
        Element pom = pom(module);

        for (String parents :
                List.of("java.level", "maven.compiler.source", "maven.compiler.target", "maven.compiler.release")) {
            assertThat(child(pom, "properties/" + parents)).as(parents).isNull();
        }
        assertThat(text(pom, "properties/jenkins.version")).startsWith("${jenkins.baseline}.");
        assertThat(text(pom, "properties/hpi.strictBundledArtifacts")).isEqualTo("true");
        for (String ban : List.of(
                "ban-commons-lang-2",
                "ban-deprecated-stapler",
                "ban-junit4-imports",
                "banObsoleteDependencyOverrides")) {
            assertThat(text(pom, "properties/" + ban + ".skip")).as(ban).isEqualTo("false");
        }
        assertThat(text(pom, "dependencyManagement/dependencies/dependency/artifactId"))
                .isEqualTo("bom-${jenkins.baseline}.x");
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void librariesThatThereIsAPluginForAreTakenFromIt(String module) throws Exception {
        assertThat(children(child(pom(module), "dependencies")).stream()
                        .filter(each -> child(each, "scope") == null)
                        .map(each -> text(each, "groupId") + ":" + text(each, "artifactId")))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(BANNED);
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void theJenkinsProjectsRepositoryIsReachedSafely(String module) throws Exception {
        for (String kind : List.of("repositories/repository", "pluginRepositories/pluginRepository")) {
            assertThat(text(pom(module), kind + "/url")).startsWith("https://");
        }
    }

    /** A repository of several modules cannot meet all: what it does not meet is said, and nothing else is. */
    @Test
    void whatIsNotMetIsSaidInContributing() throws Exception {
        Map<String, Boolean> rules = new LinkedHashMap<>();
        Element top = pom(".");
        rules.put("artifactId", text(top, "artifactId").equals("ovh-iplb"));
        rules.put("parent", child(top, "parent") != null);
        rules.put("maven.compiler.release", child(top, "properties/maven.compiler.release") == null);
        rules.put("jenkins.baseline", child(top, "properties/jenkins.baseline") != null);
        rules.put("parent version", PLUGINS.stream().allMatch(HostingRulesTest::hasRecentParent));
        rules.put(
                "changelist",
                text(top, "version").contains("${changelist}") && Files.exists(TOP.resolve(".mvn/extensions.xml")));

        String contributing = read("CONTRIBUTING.md");
        int begin = contributing.indexOf("## Hosting");
        assertThat(begin).isNotNegative();
        List<String> said = Pattern.compile("(?m)^\\| `([^`]+)`")
                .matcher(contributing.substring(begin))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(said)
                .containsExactlyInAnyOrderElementsOf(rules.entrySet().stream()
                        .filter(rule -> !rule.getValue())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static boolean hasRecentParent(String module) {
        try {
            String[] version = text(pom(module), "parent/version").split("\\.");
            return Integer.parseInt(version[0]) > 6 || Integer.parseInt(version[1]) >= LOWEST_PARENT;
        } catch (Exception e) {
            throw new IllegalStateException(module, e);
        }
    }

    // ---- JellyVerifier

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String module : PLUGINS) {
            try (Stream<Path> files = Files.walk(TOP.resolve(module).resolve("src/main/resources"))) {
                files.filter(file -> file.toString().endsWith(".jelly"))
                        .map(TOP::relativize)
                        .forEach(pages::add);
            }
        }
        assertThat(pages).hasSizeGreaterThan(20);
        return pages.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageHasNeitherScriptsNorStylesOfItsOwn(Path page) throws Exception {
        Document document = document(page);

        assertThat(document.getElementsByTagName("style").getLength()).isZero();
        for (Element script : elements(document.getElementsByTagName("script"))) {
            assertThat(script.hasAttribute("src") || script.getAttribute("type").equals("application/json"))
                    .as("a script is in a file of its own")
                    .isTrue();
        }
        for (Element element : elements(document.getElementsByTagName("*"))) {
            assertThat(attributes(element)).noneMatch(name -> name.startsWith("on"));
            if (element.hasAttribute("checkUrl")) {
                assertThat(element.hasAttribute("checkDependsOn"))
                        .as("%s", element)
                        .isTrue();
            }
        }
    }

    // ---- how they are read

    private static String read(String file) throws IOException {
        return Files.readString(TOP.resolve(file));
    }

    private static Element pom(String module) throws Exception {
        return document(Path.of(module, "pom.xml")).getDocumentElement();
    }

    private static Document document(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(TOP.resolve(file).toFile());
    }

    private static Map<String, Expression> entries(Expression map) {
        return ((MapExpression) map)
                .getMapEntryExpressions().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKeyExpression().getText(), entry -> entry.getValueExpression()));
    }

    /** The first one at a path of names; null when there is none. */
    private static Element child(Element parent, String path) {
        Element at = parent;
        for (String name : path.split("/")) {
            at = at == null
                    ? null
                    : children(at).stream()
                            .filter(each -> each.getTagName().equals(name))
                            .findFirst()
                            .orElse(null);
        }
        return at;
    }

    private static String text(Element parent, String path) {
        Element element = child(parent, path);
        assertThat(element).as(path).isNotNull();
        return element.getTextContent().strip();
    }

    private static List<Element> children(Element parent) {
        return elements(parent.getChildNodes());
    }

    private static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    private static List<String> attributes(Element element) {
        return IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(element.getAttributes()::item)
                .map(Node::getNodeName)
                .toList();
    }
}
