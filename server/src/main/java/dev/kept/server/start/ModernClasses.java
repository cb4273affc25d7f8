package dev.kept.server.start;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Writes class files older than Java 6 anew with stack maps (JVMS section 4.10.1). An AOT cache takes no class that the old verifier has to
 * check (JEP 483), and libraries that still compile for Java 5 would be parsed and verified in every start.
 */
public final class ModernClasses {

    private static final ClassFile FILES = ClassFile.of(ClassFile.ConstantPoolSharingOption.NEW_POOL);

    private ModernClasses() {}

    /**
     * @param arguments the class path to read, the folder for the jars that are written anew, and the file for the class path that has them
     * @throws IOException where a jar cannot be read or written; nothing then stands in the file
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Files.createDirectories(folder);
        List<String> path = new ArrayList<>();
        for (String entry : arguments[0].split(File.pathSeparator, -1)) {
            path.add(modern(Path.of(entry), folder).toString());
        }
        Path file = Path.of(arguments[2]);
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(unfinished, String.join(File.pathSeparator, path) + "\n");
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The jar itself where nothing in it is old; a signed one stays as it is. */
    private static Path modern(Path jar, Path folder) throws IOException {
        try (JarFile old = new JarFile(jar.toFile())) {
            boolean signed = old.stream()
                    .anyMatch(entry -> entry.getName().startsWith("META-INF/")
                            && entry.getName().endsWith(".SF"));
            if (signed || !hasOld(old)) {
                return jar;
            }
            Path written = folder.resolve(jar.getFileName());
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(written))) {
                for (Enumeration<JarEntry> entries = old.entries(); entries.hasMoreElements(); ) {
                    write(old, entries.nextElement(), out);
                }
            }
            return written;
        }
    }

    private static boolean hasOld(JarFile jar) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (isClass(entry)) {
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] head = in.readNBytes(8);
                    if (head.length == 8 && major(head) < ClassFile.JAVA_6_VERSION) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class");
    }

    /** The version a class file says it has: the fourth pair of bytes. */
    private static int major(byte[] head) {
        return (head[6] & 0xff) << 8 | (head[7] & 0xff);
    }

    private static void write(JarFile from, JarEntry entry, JarOutputStream out) throws IOException {
        byte[] bytes;
        try (InputStream in = from.getInputStream(entry)) {
            bytes = in.readAllBytes();
        }
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(isClass(entry) && major(bytes) < ClassFile.JAVA_6_VERSION ? withStackMaps(bytes) : bytes);
        out.closeEntry();
    }

    private static byte[] withStackMaps(byte[] old) {
        ClassModel model = FILES.parse(old);
        ClassTransform bodies = ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
        ClassTransform version = (type, element) -> type.with(
                element instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0) : element);
        return FILES.transformClass(model, version.andThen(bodies));
    }
}
