// A bill of materials beside each of what is released: of all that its module is built with, as the CycloneDX plugin found it,
// what is really inside.
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.security.MessageDigest
import java.util.zip.ZipFile

def folder = new File(project.properties['release.folder']).canonicalFile
def top = new File(project.basedir, '../..').canonicalFile
def builtWith = { String module -> new JsonSlurper().parse(new File(top, "$module/target/bom.json")) }

def jarOf = { component ->
    def classifier = component.purl =~ /[?&]classifier=([^&]+)/
    "$component.name-$component.version${classifier ? '-' + classifier[0][1] : ''}.jar"
}
def sha256 = { byte[] bytes -> MessageDigest.getInstance('SHA-256').digest(bytes).encodeHex().toString() }

// What travels inside the core under its own name.
def artifactSet = new File(top, 'src/core/pom.xml').text =~ /(?s)<artifactSet>.*?<\/artifactSet>/
def shaded = (artifactSet[0] =~ /<include>(.*?)<\/include>/)*.getAt(1)
def inTheCore = builtWith('src/core').components.findAll { "$it.group:$it.name".toString() in shaded }
if (inTheCore.size() != shaded.size()) throw new IllegalStateException("$shaded are in the core, and of them the plugin found ${inTheCore*.name}")

def write = { String name, String module, Closure inside ->
    def bom = builtWith(module)
    bom.metadata.component.type = 'application'
    bom.components = inside(bom.components)
    bom.components.findAll { it.name == 'ovh-iplb-core' }.each { it.components = inTheCore.collect { part -> part + ['bom-ref': "inside-the-core:$part.purl".toString()] } }
    def there = (bom.components*.'bom-ref' + bom.metadata.component.'bom-ref') as Set
    bom.dependencies = bom.dependencies.findAll { it.ref in there }.collect { [ref: it.ref, dependsOn: (it.dependsOn ?: []).findAll { other -> other in there }] }
    new File(folder, "${name}.cdx.json").setText(JsonOutput.prettyPrint(JsonOutput.toJson(bom)) + '\n', 'UTF-8')
}
// The jars of an archive, whose own is not a part of it but what it is all about.
def jars = { String archive, String place, String own ->
    { components ->
        new ZipFile(new File(folder, archive)).withCloseable { zip ->
            zip.entries().findAll { it.name.endsWith('.jar') && it.name != own }.sort { it.name }.collect { entry ->
                def name = entry.name - place
                def component = components.find { jarOf(it) == name }
                if (!component) throw new IllegalStateException("$archive has $entry.name, which its module is not built with")
                def digest = sha256(zip.getInputStream(entry).bytes)
                if (component.hashes.find { it.alg == 'SHA-256' }.content != digest) {
                    if (component.name != 'picocli') throw new IllegalStateException("$archive: $name is not as the plugin found it")
                    component.hashes = [[alg: 'SHA-256', content: digest]]
                    component.pedigree = [notes: 'The same classes, in a newer format of class files.']
                }
                component
            }
        }
    }
}
def only = { String pattern -> folder.list().find { it ==~ pattern } }
def command = only(/iplb-[\d.]+\.zip/) - '.zip'
write(command, 'src/cli', jars("${command}.zip", "$command/lib/", "$command/iplb.jar"))
// Everything is in its one jar.
write(only(/ovhiplb-loadbalancer-[\d.]+\.tar\.gz/) - '.tar.gz', 'ansible') { it }
def places = ['ovh-iplb': 'jenkins-plugin', 'ovh-iplb-pipeline-steps': 'pipeline-steps']
(project.properties['release.plugins'] ?: '').tokenize(',').each {
    write(it, places[it], jars("${it}.hpi", 'WEB-INF/lib/', "WEB-INF/lib/${it}.jar"))
}
