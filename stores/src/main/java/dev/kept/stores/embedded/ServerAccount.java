package dev.kept.stores.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** As whom the server and its tools are run: PostgreSQL refuses to run as root. */
sealed interface ServerAccount {

    /** The unprivileged user that every Unix has. */
    String NOBODY = "nobody";

    /** The command line that runs a command as this account. */
    List<String> command(List<String> words);

    /** Makes a file, or a folder with all that is in it, the account's own. */
    void own(Path path) throws IOException;

    /**
     * Lets the account reach its programs and its data.
     *
     * @throws EmbeddedPostgresException where a folder above lets nobody pass
     */
    void admitTo(Layout layout, Binaries binaries) throws IOException;

    /** The user who runs Kept, who is not root. */
    record Caller() implements ServerAccount {
        @Override
        public List<String> command(List<String> words) {
            return words;
        }

        @Override
        public void own(Path path) {}

        @Override
        public void admitTo(Layout layout, Binaries binaries) {}
    }

    /**
     * The caller in a user namespace of its own, which maps nobody: root has no privilege left there, and a user id
     * without a name, which {@code initdb} refuses, appears as {@code nobody}. The files stay the caller's.
     */
    record Namespace() implements ServerAccount {
        @Override
        public List<String> command(List<String> words) {
            return concat(List.of("unshare", "--user"), words);
        }

        @Override
        public void own(Path path) {}

        @Override
        public void admitTo(Layout layout, Binaries binaries) {}
    }

    /** Another user, whom root becomes by a tool that is there: the prefix, then the command. */
    record Unprivileged(UserPrincipal user, List<String> prefix) implements ServerAccount {
        @Override
        public List<String> command(List<String> words) {
            return concat(prefix, words);
        }

        @Override
        public void own(Path path) throws IOException {
            FileTree.giveTo(user, path);
        }

        @Override
        public void admitTo(Layout layout, Binaries binaries) throws IOException {
            admit(layout.root());
            admit(layout.database());
            admit(binaries.home().resolveSibling("."));
            List<String> test = List.of(
                    "/bin/sh",
                    "-c",
                    "test -x \"$0\" && cd \"$1\"",
                    binaries.program("postgres").toString(),
                    layout.database().toString());
            if (!Command.run(command(test), Path.of("/"), Probe.LIMIT).succeeded()) {
                throw new EmbeddedPostgresException(
                        "the user `%s`, as whom root runs postgresql, cannot reach `%s`"
                                .formatted(user.getName(), layout.root()),
                        "use a directory that every user may pass to, or install `unshare` (util-linux)");
            }
        }

        private static void admit(Path folder) throws IOException {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
            if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(folder, permissions);
            }
        }
    }

    /** Tells whether a command can be run to a good end; tests leave tools out. */
    @FunctionalInterface
    interface Probe {
        boolean works(List<String> words);

        Duration LIMIT = Duration.ofSeconds(10);

        static Probe ofSystem() {
            return words -> {
                try {
                    return Command.run(words, Path.of("/"), LIMIT).succeeded();
                } catch (IOException e) {
                    return false;
                }
            };
        }
    }

    /**
     * Chooses the account for a cluster. A cluster that already belongs to the unprivileged user stays with that user.
     *
     * @throws EmbeddedPostgresException where this is root and nothing can lay its privileges down
     */
    static ServerAccount choose(Path data, Probe probe) throws IOException {
        if (Layout.uid() != 0 && Layout.userName().isPresent()) {
            return new Caller();
        }
        boolean ownedByOther = Files.isDirectory(data) && Layout.ownerOf(data) != Layout.uid();
        if (!ownedByOther && probe.works(List.of("unshare", "--user", "true"))) {
            return new Namespace();
        }
        if (Layout.uid() != 0) {
            throw new EmbeddedPostgresException(
                    "your user id %d has no name on this machine, and postgresql wants one".formatted(Layout.uid()),
                    "run the command as a user who has a name, or install `unshare` (util-linux)");
        }
        UserPrincipal nobody =
                data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY);
        for (List<String> prefix : waysToBecome(NOBODY)) {
            if (probe.works(concat(prefix, List.of("true")))) {
                return new Unprivileged(nobody, prefix);
            }
        }
        throw new EmbeddedPostgresException(
                "postgresql does not run as root, and none of `unshare`, `setpriv`, `runuser`, `sudo` and `su` works here",
                "run the command as a user who is not root");
    }

    static List<List<String>> waysToBecome(String user) {
        return List.of(
                List.of("setpriv", "--reuid=" + user, "--regid=nogroup", "--clear-groups", "--no-new-privs"),
                List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--no-new-privs"),
                List.of("runuser", "-u", user, "--"),
                List.of("sudo", "-n", "-u", user, "--"),
                List.of("su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", user, "--"));
    }

    static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
