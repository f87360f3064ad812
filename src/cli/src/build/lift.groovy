// Picocli's classes are of a format (49, Java 5's) that Java keeps out of its archives of classes. They are written anew
// in that of Java 8, which differs by the frames that tell the verifier of types; what they do stays as it is.
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import org.objectweb.asm.ClassReader
import org.objectweb.asm.ClassVisitor
import org.objectweb.asm.ClassWriter
import org.objectweb.asm.Opcodes

class Lifted extends ClassWriter {
  private final ClassLoader others

  Lifted(ClassLoader others) {
    super(COMPUTE_FRAMES)
    this.others = others
  }

  @Override
  protected ClassLoader getClassLoader() {
    others
  }
}

class Lift extends ClassVisitor {
  Lift(ClassVisitor next) {
    super(Opcodes.ASM9, next)
  }

  @Override
  void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
    super.visit(Opcodes.V1_8, access, name, signature, parent, interfaces)
  }
}

Path jar = Path.of(project.build.directory, 'lib').toFile().listFiles().find { it.name.startsWith('picocli-') }.toPath()
List<Path> lifted = []
new URLClassLoader(jar.toUri().toURL()).withCloseable { loader ->
  FileSystems.newFileSystem(jar).withCloseable { zip ->
    Files.walk(zip.getPath('/picocli')).filter { it.toString().endsWith('.class') }.toList().each { file ->
      ClassReader old = new ClassReader(Files.readAllBytes(file))
      if (old.readShort(6) < Opcodes.V1_8) {
        ClassWriter written = new Lifted(loader)
        old.accept(new Lift(written), 0)
        def time = Files.getLastModifiedTime(file)
        Files.write(file, written.toByteArray())
        Files.setLastModifiedTime(file, time)
        lifted << file
      }
    }
  }
}
println "${jar.fileName}: ${lifted.size()} classes lifted"
