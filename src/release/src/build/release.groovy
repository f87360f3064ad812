// All that is released in one folder.
import java.nio.file.Files

def folder = new File(project.properties['release.folder']).canonicalFile
folder.deleteDir()
folder.mkdirs()

def top = new File(project.basedir, '../..').canonicalFile
def only = { String place, String pattern ->
    def found = new File(top, place).listFiles({ dir, name -> name ==~ pattern } as FilenameFilter)
    if (found?.length != 1) throw new IllegalStateException("$place: one file as $pattern is expected, and there is ${found}")
    found[0]
}
def files = [only('src/cli/target', /iplb-[\d.]+\.zip/), only('src/cli/target', /iplb-[\d.]+\.tar\.gz/),
    only('ansible/target', /ovhiplb-loadbalancer-[\d.]+\.tar\.gz/)]
def places = ['ovh-iplb': 'jenkins-plugin/target', 'ovh-iplb-pipeline-steps': 'pipeline-steps/target']
(project.properties['release.plugins'] ?: '').tokenize(',').each { files << only(places[it], /\Q$it\E\.hpi/) }
files.each { Files.copy(it.toPath(), new File(folder, it.name).toPath()) }
println "$folder: ${files*.name.join(', ')}"
