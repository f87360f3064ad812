// The collection as a folder, and as the archive that ansible-galaxy installs: what `ansible-galaxy collection build` does,
// on machines that have no Ansible.
import groovy.json.JsonOutput
import groovy.yaml.YamlSlurper
import java.nio.file.Files
import java.security.MessageDigest
import java.time.Instant
import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream

def build = new File(project.build.directory)
def folder = new File(build, 'collection')
folder.deleteDir()

def copy = { File from, String to ->
    def place = new File(folder, to)
    place.parentFile.mkdirs()
    Files.copy(from.toPath(), place.toPath())
}
def sources = new File(project.properties['collection.sources'])
sources.eachFileRecurse { file ->
    if (file.isFile()) copy(file, sources.toPath().relativize(file.toPath()).toString())
}
copy(new File(project.basedir, '../LICENSE'), 'LICENSE')
copy(new File(build, 'iplb.jar'), 'runtime/iplb.jar')
def galaxy = new File(folder, 'galaxy.yml')
galaxy.text = galaxy.text.replace('${collection.version}', project.properties['collection.version'])

// One launcher for all modules, each of which has a copy: ansible-doc lists no links. What ansible-test expects in the first
// line of a module is what one in Python has there. Every version of it reads a file of its own.
def ignored = new File(folder, 'tests/sanity/ignore-2.14.txt')
def changelog = new File(folder, 'changelogs/changelog.yaml')
changelog << '    modules:\n'
def modules = new File(folder, 'plugins/modules')
def launcher = new File(project.basedir, 'src/main/sh/launcher.sh').text
    .replace('# start.sh stands here, which the build puts in.\n', new File(project.basedir, '../src/launch/start.sh').text)
modules.list().collect { it - '.yml' }.sort().each { name ->
    def description = new YamlSlurper().parse(new File(modules, name + '.yml')).DOCUMENTATION.short_description
    new File(modules, name).text = launcher
    ignored << "plugins/modules/$name shebang # a module for sh\n"
    changelog << "      - description: ${JsonOutput.toJson(description)}\n        name: $name\n        namespace: ''\n"
}
(15..22).each { new File(folder, "tests/sanity/ignore-2.${it}.txt").text = ignored.text }

def sha256 = { byte[] bytes -> MessageDigest.getInstance('SHA-256').digest(bytes).encodeHex().toString() }
def entry = { String name, boolean directory, String checksum ->
    [name: name, ftype: directory ? 'dir' : 'file', chksum_type: checksum ? 'sha256' : null, chksum_sha256: checksum, format: 1]
}
def inside = []
folder.eachFileRecurse { inside << it }
inside = inside.findAll { it != galaxy }.sort { it.path }
def nameOf = { File file -> folder.toPath().relativize(file.toPath()).toString() }

def files = JsonOutput.prettyPrint(JsonOutput.toJson([
    files: [entry('.', true, null)] + inside.collect {
        entry(nameOf(it), it.isDirectory(), it.isDirectory() ? null : sha256(it.bytes))
    },
    format: 1])).getBytes('UTF-8')
def info = [authors: [], readme: null, tags: [], description: null, license: [], license_file: null, dependencies: [:],
    repository: null, documentation: null, homepage: null, issues: null] + new YamlSlurper().parse(galaxy)
def manifest = JsonOutput.prettyPrint(JsonOutput.toJson([
    collection_info: info, file_manifest_file: entry('FILES.json', false, sha256(files)), format: 1])).getBytes('UTF-8')

def archive = new File(project.properties['collection.archive'])
def time = Date.from(Instant.parse(project.properties['project.build.outputTimestamp']))
new TarArchiveOutputStream(new GzipCompressorOutputStream(archive.newOutputStream()), 'UTF-8').withCloseable { tar ->
    tar.longFileMode = TarArchiveOutputStream.LONGFILE_POSIX
    def put = { TarArchiveEntry header, int mode, byte[] bytes ->
        header.modTime = time
        header.mode = mode
        header.size = bytes.length
        tar.putArchiveEntry(header)
        tar.write(bytes)
        tar.closeArchiveEntry()
    }
    put(new TarArchiveEntry('MANIFEST.json'), 0644, manifest)
    put(new TarArchiveEntry('FILES.json'), 0644, files)
    inside.each { file ->
        if (file.isDirectory()) {
            put(new TarArchiveEntry(nameOf(file) + '/'), 0755, new byte[0])
        } else {
            put(new TarArchiveEntry(nameOf(file)), 0644, file.bytes)
        }
    }
}
