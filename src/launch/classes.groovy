// Puts into a jar, as classes.txt, the list of the classes that its program loads: for the archives that start.sh makes.
// The program is run for it, on the sandbox over https, with each line of the property launch.calls.
//
// The digest of the other jars is in it too, so that the jar is another one as soon as one of them is.

import io.jenkins.plugins.iplb.sandbox.Sandbox
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.security.KeyStore
import java.security.MessageDigest
import java.security.cert.CertificateFactory
import java.time.Duration
import java.time.Instant

Path target = Path.of(project.build.directory)
Path jar = target.resolve('iplb.jar')
Path folder = Files.createTempDirectory(target, 'classes-')
Set<String> classes = new LinkedHashSet<>()

Sandbox sandbox = Sandbox.builder().world { DemoWorld.in(it) }.start()
try {
  sandbox.world().refreshTakes(Duration.ZERO)
  // Among those that Java trusts by itself: their certificates have extensions of all kinds.
  KeyStore known = KeyStore.getInstance(Path.of(System.getProperty('java.home'), 'lib', 'security', 'cacerts').toFile(), (char[]) null)
  KeyStore trusted = KeyStore.getInstance('JKS')
  trusted.load(null, null)
  known.aliases().each { trusted.setCertificateEntry(it, known.getCertificate(it)) }
  sandbox.caFile().toFile().withInputStream {
    trusted.setCertificateEntry('sandbox', CertificateFactory.getInstance('X.509').generateCertificate(it))
  }
  Path trust = folder.resolve('trust.jks')
  trust.toFile().withOutputStream { trusted.store(it, 'sandbox'.toCharArray()) }

  project.properties['launch.calls'].readLines()*.trim().findAll().each { call ->
    Path list = folder.resolve('list')
    List<String> command = [Path.of(System.getProperty('java.home'), 'bin', 'java') as String, '-XX:+UseSerialGC',
      '-Djava.locale.providers=COMPAT', '-XX:TieredStopAtLevel=1', '-Xlog:disable', "-XX:DumpLoadedClassList=$list" as String,
      "-Djavax.net.ssl.trustStore=$trust" as String, '-cp', jar as String, project.properties['launch.main']]
    if (call.startsWith('{')) {
      command << (Files.writeString(folder.resolve('arguments'), call) as String)
    } else {
      command.addAll(call.findAll(/'[^']*'|\S+/)*.replace("'", ''))
    }
    ProcessBuilder builder = new ProcessBuilder(command)
      .directory(folder.toFile())
      .redirectErrorStream(true)
      .redirectOutput(folder.resolve('output').toFile())
    builder.environment().keySet().removeAll { it.startsWith('OVH_') || it.contains('JAVA_') }
    builder.environment().putAll(
      HOME: folder as String,
      OVH_ENDPOINT: sandbox.httpsEndpoint() as String,
      OVH_APPLICATION_KEY: sandbox.credentials().applicationKey(),
      OVH_APPLICATION_SECRET: sandbox.credentials().applicationSecret(),
      OVH_CONSUMER_KEY: sandbox.credentials().consumerKey())
    if (builder.start().waitFor() != 0) {
      throw new IllegalStateException("$call: ${folder.resolve('output').toFile().text}")
    }
    // Other lines, and numbers, are of one Java and one run only.
    classes.addAll(list.toFile().readLines()
      .findAll { it =~ /^(\w|@lambda-)/ && !it.contains('source:') }
      *.replaceFirst(/ id: \d+$/, ''))
  }
} finally {
  sandbox.close()
}
folder.toFile().deleteDir()

MessageDigest digest = MessageDigest.getInstance('SHA-256')
target.resolve('lib').toFile().listFiles()?.sort()?.each { digest.update(it.bytes) }
String text = "# ${digest.digest().encodeHex()}\n" + classes.join('\n') + '\n'
FileSystems.newFileSystem(jar).withCloseable { zip ->
  Path entry = zip.getPath('classes.txt')
  Files.writeString(entry, text)
  Files.setLastModifiedTime(entry, FileTime.from(Instant.parse(project.properties['project.build.outputTimestamp'])))
}
println "classes.txt: ${classes.size()} classes that the program loads"
