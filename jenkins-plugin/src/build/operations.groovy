// What Jenkins binds the parameters of operations to: for each operation of the catalogue a class with a setter for each
// parameter, and the help of its fields, as a Step or as a change of a freestyle job.
import io.jenkins.plugins.iplb.file.FileOperations
import io.jenkins.plugins.iplb.operation.Catalogue
import io.jenkins.plugins.iplb.operation.DeploymentOperations
import io.jenkins.plugins.iplb.operation.RecordOperations
import io.jenkins.plugins.iplb.parameter.Flag
import io.jenkins.plugins.iplb.parameter.ListOf
import io.jenkins.plugins.iplb.parameter.LiveList
import io.jenkins.plugins.iplb.parameter.RuleSpec
import io.jenkins.plugins.iplb.parameter.RuleValue
import io.jenkins.plugins.iplb.parameter.Text
import io.jenkins.plugins.iplb.parameter.WholeNumber

def home = 'io.jenkins.plugins.iplb.'
def form = home + 'jenkins.form'
def sources = new File(project.build.directory, 'generated-sources/operations')
def resources = new File(project.build.directory, 'generated-resources/operations')
def texts = new File(project.properties['operations.help'])
[sources, resources].each { it.deleteDir() }

// What freestyle changes were called in Job DSL and Configuration as Code before they were called as elsewhere.
def before = ['add-route': 'iplbRoute', 'add-rule': 'iplbRule', 'set-stickiness': 'iplbStickiness',
    'move-failover': 'iplbFailoverMove', 'dedicate-failover': 'iplbDedicatedFailover', 'ensure-frontend': 'iplbFrontend']

def capitalized = { String word -> word[0].toUpperCase() + word.substring(1) }
def camel = { String name -> name.split('-').collect(capitalized).join() }

/** What nobody may see is in the credentials store: a job names it there. */
def called = { parameter -> parameter.name() + (parameter.value().isSecret() ? 'CredentialsId' : '') }

/** One property: its type, what it is given as, the type of its field, and how it gets there and back. */
def property = { parameter, boolean step ->
    def name = called(parameter)
    def value = parameter.value()
    def of = { Map it -> [name: name, given: it.type, field: it.type, get: 'get', in: name, out: name, initial: ''] + it }
    if (value instanceof ListOf && value.element() instanceof RuleValue) {
        return of(type: 'List<RuleForm>', in: "$name == null || ${name}.isEmpty() ? null : new ArrayList<>($name)",
            out: "$name == null ? null : Collections.unmodifiableList($name)")
    }
    if (value instanceof Flag && parameter.preset().isPresent()) {
        // XStream makes objects without their constructor: what it does not find must be what is preset.
        def preset = parameter.preset().get()
        return of(type: 'boolean', get: 'is', initial: step && preset ? ' = true' : '') +
            (step || !preset ? [:] : [field: 'Boolean', in: "$name ? null : false", out: "$name == null"])
    }
    if (value instanceof Flag && step) {
        return of(type: 'Boolean')
    }
    def element = value instanceof ListOf ? value.element() : value
    def text = value instanceof Text && value.verbatim() ? "Util.fixEmpty($name)" : "Util.fixEmptyAndTrim($name)"
    if (step && (element instanceof WholeNumber || element.form() in ['ID|NAME', 'PORTS', 'N.N', 'N|N%'])) {
        // A Declarative Pipeline may give a number only for what is no String, in a list or alone. A build that was under way when the plugin
        // was updated may hold one.
        return of(type: 'String', given: 'ConstantDesc', field: value instanceof WholeNumber ? 'Serializable' : 'String',
            in: "$name == null ? null : Util.fixEmptyAndTrim(${name}.toString())",
            out: value instanceof WholeNumber ? "$name == null ? null : ${name}.toString()" : name)
    }
    of(type: 'String', in: text)
}

/** What a form may leave out, which is the load balancer itself, or no addresses. */
def isNeeded = { parameter, boolean step ->
    parameter.isNeeded() && (step || !(parameter.live().orElse(null) == LiveList.LOAD_BALANCERS ||
        parameter.value() instanceof ListOf && parameter.canBeReset()))
}

def setter = { p -> """
    @DataBoundSetter
    public void set${capitalized(p.name)}($p.given $p.name) {
        this.$p.name = $p.in;
    }
""" }
def getter = { p -> """
    public $p.type ${p.get}${capitalized(p.name)}() {
        return $p.out;
    }
""" }

/** Older versions kept lists of the JDK's own. */
def plainLists = """
    private Object readResolve() {
        setRules(rules);
        return this;
    }
"""

def write = { Map what ->
    def mine = what.parameters.findAll { it.name() != 'service' }
    def needed = mine.findAll { isNeeded(it, what.step) }.collect { property(it, what.step) }
    def optional = mine.findAll { !isNeeded(it, what.step) }.collect { property(it, what.step) }
    def all = needed + optional
    def type = what.declaration.find(/class (\w+)/) { it[1] }
    def lists = all.any { it.type.startsWith('List') }
    def imports = ["${form}.GivenFields", 'org.kohsuke.stapler.DataBoundConstructor', 'org.kohsuke.stapler.DataBoundSetter',
        'hudson.Util', 'hudson.Extension', 'org.jenkinsci.Symbol', "${form}.RuleForm", 'java.util.List', 'java.util.ArrayList',
        'java.util.Collections', 'java.lang.constant.ConstantDesc', 'java.io.Serializable'] + (what.imports ?: [])
    def constructor = what.descriptor ? """
    @DataBoundConstructor
    public $type(${needed.collect { "$it.given $it.name" }.join(', ')}) {
${needed.collect { "        this.$it.name = $it.in;\n" }.join()}    }
""" : ''
    def descriptor = what.descriptor ? """
    @Extension
${what.symbols ? "    @Symbol({${what.symbols.collect { "\"$it\"" }.join(', ')}})\n" : ''}    public static final class DescriptorImpl extends $what.descriptor {
        public DescriptorImpl() {
            super("$what.operation");
        }
    }
""" : ''
    def body = """/** $what.description */
public $what.declaration {
${what.serial ? '    private static final long serialVersionUID = 1L;\n\n' : ''}${
        all.collect { "    private ${needed.contains(it) ? 'final ' : ''}$it.field $it.name$it.initial;\n" }.join()}$constructor${
        needed.collect(getter).join()}${optional.collect { getter(it) + setter(it) }.join()}
    ${what.override ? '@Override\n    ' : ''}GivenFields arguments(GivenFields none) {
        return none${mine.collect { "\n                .with(\"${it.name()}\", ${called(it)})" }.join()};
    }
${lists && !what.step ? plainLists : ''}$descriptor}
"""
    def used = imports.findAll { name ->
        name.substring(0, name.lastIndexOf('.')) != what.where && body =~ /\b${name.substring(name.lastIndexOf('.') + 1)}\b/
    }
    def file = new File(sources, "${what.where.replace('.', '/')}/${type}.java")
    file.parentFile.mkdirs()
    file.setText("package $what.where;\n\n${used.unique().sort().collect { "import $it;\n" }.join()}\n$body", 'UTF-8')
}

/** The text of one field, in each language that there is, beside the class whose field it is. */
def help = { String where, String type, String operation, String field, String otherwise, String shown = field ->
    def found = ["$operation/$field", field].find { new File(texts, "${it}.html").exists() }
    def folder = new File(resources, "${where.replace('.', '/')}/$type")
    def name = field == 'operation' ? 'help' : "help-$shown"
    folder.mkdirs()
    if (found != null) {
        ['', '_fr', '_nl'].each { language ->
            new File(folder, "$name${language}.html").bytes = new File(texts, "$found${language}.html").bytes
        }
    } else {
        new File(folder, "${name}.html").setText("<div>\n  ${otherwise.replace('&', '&amp;').replace('<', '&lt;')}.\n</div>\n", 'UTF-8')
    }
}
def helpOf = { String where, String type, String operation, parameters ->
    parameters.findAll { it.name() != 'service' }.each { help(where, type, operation, it.name(), it.description(), called(it)) }
}
def helpOfAll = { String where, String type, List fields -> fields.each { help(where, type, '', it, '') } }

if (project.properties['operations.face'] == 'steps') {
    def where = home + 'pipeline'
    // What a step returns a Pipeline may show: a secret is bound to a variable instead, as credentials are.
    (Catalogue.all().findAll { !it.answersSecret() } + DeploymentOperations.all() + FileOperations.all() + RecordOperations.ROLLBACK).each { operation ->
        def onService = operation.isChange() || operation.find('service').isPresent()
        def isBlock = DeploymentOperations.all().contains(operation)
        def base = isBlock ? 'DeploymentStep' : operation == RecordOperations.ROLLBACK ? 'UndoingStep' : operation == FileOperations.DRIFTING ? 'DriftingStep' : operation == FileOperations.EXPLAINING ? 'ExplainingStep' : FileOperations.all().contains(operation) ? 'ConfigurationStep' : operation.isChange() ? 'ChangeStep' : onService ? 'LoadBalancerStep' : 'CheckStep'
        def type = camel(operation.name()) + 'Step'
        write(where: where, step: true, serial: true, override: true, operation: operation.name(),
            declaration: "final class $type extends $base", description: operation.description(),
            parameters: operation.parameters(),
            descriptor: isBlock ? 'BlockStepDescriptor' : onService ? 'LoadBalancerStepDescriptor' : 'IplbStepDescriptor')
        helpOf(where, type, operation.name(), operation.parameters())
        help(where, type, operation.name(), 'operation', operation.description() - ~/\.$/)
    }
    def changes = RecordOperations.CHANGES
    helpOf(where, 'ChangesStep', changes.name(), changes.parameters())
    help(where, 'ChangesStep', changes.name(), 'operation', changes.description() - ~/\.$/)
    help(where, 'ChangesStep', changes.name(), 'timeout', '')
    helpOfAll(where, 'ChangesStep', ['loadBalancer', 'service', 'credentialsId'])
    helpOfAll(where, 'IplbStep', ['timeout', 'onFailure', 'dryRun'])
    helpOfAll(where, 'LoadBalancerStep', ['loadBalancer', 'service', 'credentialsId'])
    help(where, 'DeploymentStep', 'deployment', 'timeout', '')
    help(where, 'DeploymentStep', 'deployment', 'onFailure', '')
} else {
    def where = home + 'jenkins.freestyle'
    Catalogue.all().findAll { it.isChange() }.each { operation ->
        def type = camel(operation.name()) + 'Change'
        def symbol = camel(operation.name())
        write(where: where, step: false, override: true, operation: operation.name(),
            declaration: "final class $type extends ChangeForm", description: operation.description(),
            parameters: operation.parameters(), descriptor: 'ChangeFormDescriptor',
            symbols: [symbol[0].toLowerCase() + symbol.substring(1)] + [before[operation.name()]].findAll())
        helpOf(where, type, operation.name(), operation.parameters())
    }
    def refresh = Catalogue.named('refresh')
    write(where: where, step: false, declaration: 'abstract class RefreshFields extends LoadBalancerBuilder',
        description: refresh.description(), parameters: refresh.parameters())
    helpOf(where, 'RefreshBuilder', refresh.name(), refresh.parameters())
    helpOfAll(where, 'RefreshBuilder', ['onFailure'])
    [Configuration: FileOperations.APPLYING, Drift: FileOperations.DRIFTING, Rollback: RecordOperations.ROLLBACK].each { type, operation ->
        write(where: where, step: false, override: true, declaration: "abstract class ${type}Fields extends OperationBuilder",
            description: operation.description(), parameters: operation.parameters())
        helpOf(where, "${type}Builder", operation.name(), operation.parameters())
    }
    helpOfAll(where, 'LoadBalancerBuilder', ['loadBalancer', 'service', 'credentialsId', 'timeout', 'dryRun'])
    write(where: form, step: false, serial: true, operation: 'rule', imports: ['hudson.model.AbstractDescribableImpl', 'java.io.Serializable'],
        declaration: 'final class RuleForm extends AbstractDescribableImpl<RuleForm> implements Serializable',
        description: 'A rule: what a route looks at, and what it must be.', parameters: RuleSpec.NAMED_PARAMETERS,
        descriptor: 'OperationDescriptor<RuleForm>')
    helpOf(form, 'RuleForm', '', RuleSpec.NAMED_PARAMETERS)
}

project.addCompileSourceRoot(sources.path)
def folder = project.resources[0].clone()
folder.directory = resources.path
project.addResource(folder)
