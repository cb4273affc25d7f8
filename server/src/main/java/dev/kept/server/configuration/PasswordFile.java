package dev.kept.server.configuration;

import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of passwords as libpq reads it ("The Password File" in PostgreSQL's manual): lines of {@code host:port:database:user:password}, where
 * {@code *} fits everything, a backslash takes its meaning from the next character, and the first line that fits counts.
 */
final class PasswordFile {

    private static final int FIELDS = 5;

    /** More is no file of passwords. */
    private static final long MOST_BYTES = 1024 * 1024;

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private PasswordFile() {}

    /**
     * The password of a user of a database; empty where no line fits.
     *
     * @param asked host, port, database and user
     * @throws CannotRun where the file cannot be read, or others than its owner may read it
     */
    static Optional<String> find(Path file, List<String> asked) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new CannotRun("the password file `" + file + "` is larger than 1 MiB", "see what it is");
            }
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new CannotRun(
                        "others than its owner may read the password file `" + file + "`", "chmod 600 " + file);
            }
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(PasswordFile::fields)
                    .filter(fields -> fields.size() == FIELDS && fits(fields, asked))
                    .map(List::getLast)
                    .map(Field::text)
                    .findFirst();
        } catch (IOException e) {
            throw new CannotRun(
                    "the password file `" + file + "` cannot be read", "see that it is there, in UTF-8, and yours", e);
        }
    }

    private static boolean fits(List<Field> fields, List<String> asked) {
        for (int i = 0; i < asked.size(); i++) {
            if (!fields.get(i).any() && !fields.get(i).text().equals(asked.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** @param any whether it was a bare {@code *} */
    private record Field(String text, boolean any) {}

    private static List<Field> fields(String line) {
        List<Field> fields = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean escaped = false;
        int begin = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (escaped || (c != '\\' && (c != ':' || fields.size() == FIELDS - 1))) {
                text.append(c);
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else {
                fields.add(new Field(text.toString(), line.substring(begin, i).equals("*")));
                text.setLength(0);
                begin = i + 1;
            }
        }
        fields.add(new Field(text.toString(), false));
        return fields;
    }
}
