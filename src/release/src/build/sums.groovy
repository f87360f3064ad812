// What sha256sum -c checks the release by.
import java.security.MessageDigest

def folder = new File(project.properties['release.folder']).canonicalFile
new File(folder, 'SHA256SUMS').text = folder.listFiles().sort { it.name }.collect {
    "${MessageDigest.getInstance('SHA-256').digest(it.bytes).encodeHex()}  $it.name\n"
}.join()
