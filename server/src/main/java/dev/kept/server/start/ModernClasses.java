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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Writes the jars of a class path anew for a quick start: class files older than Java 6 with stack maps (JVMS section 4.10.1), since an AOT cache
 * takes no class that the old verifier has to check (JEP 483), and in the others what would be linked at the first call {@link WrittenOut written
 * out}.
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

    /** The jar itself where nothing in it changes; a signed one stays as it is. */
    private static Path modern(Path jar, Path folder) throws IOException {
        try (JarFile old = new JarFile(jar.toFile())) {
            boolean signed = old.stream()
                    .anyMatch(entry -> entry.getName().startsWith("META-INF/")
                            && entry.getName().endsWith(".SF"));
            if (signed || !changes(old)) {
                return jar;
            }
            Path written = folder.resolve(jar.getFileName());
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(written))) {
                write(old, out);
            }
            return written;
        }
    }

    private static boolean changes(JarFile jar) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (isClass(entry.getName())) {
                byte[] bytes = bytes(jar, entry);
                if (isOld(bytes) || WrittenOut.concerns(bytes)) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean isClass(String name) {
        return name.endsWith(".class") && !name.startsWith("META-INF/");
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** The version a class file says it has is the fourth pair of bytes. */
    private static boolean isOld(byte[] bytes) {
        return ((bytes[6] & 0xff) << 8 | (bytes[7] & 0xff)) < ClassFile.JAVA_6_VERSION;
    }

    private static void write(JarFile from, JarOutputStream out) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (Enumeration<JarEntry> entries = from.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            byte[] bytes = bytes(from, entry);
            all.put(entry.getName(), isClass(entry.getName()) && isOld(bytes) ? withStackMaps(bytes) : bytes);
        }
        for (Map.Entry<String, byte[]> each : WrittenOut.of(all).entrySet()) {
            out.putNextEntry(new JarEntry(each.getKey()));
            out.write(each.getValue());
            out.closeEntry();
        }
    }

    private static byte[] withStackMaps(byte[] old) {
        ClassModel model = FILES.parse(old);
        ClassTransform bodies = ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
        ClassTransform version = (type, element) -> type.with(
                element instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0) : element);
        return FILES.transformClass(model, version.andThen(bodies));
    }
}
