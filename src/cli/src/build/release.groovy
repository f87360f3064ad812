// The command as it is released: a folder that runs wherever it is put, on Java alone, and the same as a zip and a tar.gz.
import java.nio.file.Files
import java.security.MessageDigest
import java.time.Instant
import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream

def target = new File(project.build.directory)
def name = "iplb-${project.version - '-SNAPSHOT'}"
def all = new File(target, 'release')
all.deleteDir()
def folder = new File(all, name)

def write = { String place, String text ->
    def file = new File(folder, place)
    file.parentFile.mkdirs()
    file.setText(text, 'UTF-8')
}
def copy = { File from, String place ->
    def file = new File(folder, place)
    file.parentFile.mkdirs()
    Files.copy(from.toPath(), file.toPath())
}

def jar = new File(target, 'iplb.jar')
copy(jar, 'iplb.jar')
new File(target, 'lib').listFiles().each { copy(it, "lib/$it.name") }
copy(new File(project.basedir, '../../LICENSE'), 'LICENSE')

def sources = new File(project.basedir, 'src/main/sh')
def launch = new File(project.basedir, '../launch')
def id = MessageDigest.getInstance('SHA-256').digest(jar.bytes).encodeHex().toString().take(16)
def launcher = new File(sources, 'iplb').getText('UTF-8').replace('IPLB_ID', id)
['start.sh', 'command.sh'].each { part ->
    launcher = launcher.replace("# $part stands here, which the build puts in.\n", new File(launch, part).getText('UTF-8'))
}
write('bin/iplb', launcher)
write('bin/iplb.cmd', new File(sources, 'iplb.cmd').getText('UTF-8').replace('\n', '\r\n'))
write('README.md', new File(sources, 'README.md').getText('UTF-8'))

def java = new File(System.getProperty('java.home'), 'bin/java').path
def printed = ['share/man/man1/iplb.1': ['man-page'], 'share/completion/iplb.bash': ['completion', 'bash'],
    'share/completion/_iplb': ['completion', 'zsh'], 'share/completion/iplb.fish': ['completion', 'fish']]
printed.collectEntries { place, words ->
    [place, new ProcessBuilder([java, '-XX:TieredStopAtLevel=1', '-jar', jar.path] + words).redirectErrorStream(true).start()]
}.each { place, process ->
    def text = process.inputStream.getText('UTF-8')
    if (process.waitFor() != 0) throw new IllegalStateException("$place: $text")
    write(place, text)
}

def files = []
folder.eachFileRecurse { if (it.isFile()) files << it }
files = files.sort { it.path }
def time = Instant.parse(project.properties['project.build.outputTimestamp'])
files.each { it.lastModified = time.toEpochMilli() }
def placeOf = { File file -> all.toPath().relativize(file.toPath()).toString() }
def modeOf = { File file -> file.path.endsWith('bin/iplb') ? 0755 : 0644 }
new File(folder, 'bin/iplb').setExecutable(true, false)

new ZipArchiveOutputStream(new File(target, "${name}.zip")).withCloseable { zip ->
    files.each { file ->
        def entry = new ZipArchiveEntry(placeOf(file))
        entry.time = time.toEpochMilli()
        entry.unixMode = 0100000 | modeOf(file)
        zip.putArchiveEntry(entry)
        zip.write(file.bytes)
        zip.closeArchiveEntry()
    }
}
new TarArchiveOutputStream(new GzipCompressorOutputStream(new File(target, "${name}.tar.gz").newOutputStream()), 'UTF-8').withCloseable { tar ->
    files.each { file ->
        def entry = new TarArchiveEntry(placeOf(file))
        entry.modTime = Date.from(time)
        entry.mode = modeOf(file)
        entry.size = file.length()
        tar.putArchiveEntry(entry)
        tar.write(file.bytes)
        tar.closeArchiveEntry()
    }
}
println "$name: ${files.size()} files"
