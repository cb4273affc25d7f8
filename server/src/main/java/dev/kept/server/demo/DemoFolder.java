package dev.kept.server.demo;

import dev.kept.server.configuration.FolderTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the example's notice beside the demo's databases, which versions of it can be published to. */
final class DemoFolder {

    private static final String REFERENCE = "database: ${SHOP_URL}";

    private DemoFolder() {}

    /**
     * Makes it anew.
     *
     * @param directory of the embedded database
     * @param shop the name of the shop's database there, {@code state} that of Kept's own
     * @param port on which it will be served
     */
    static Path make(Path example, Path directory, String shop, String state, int port) throws IOException {
        Path folder = directory.resolve("larkfield").resolve("privacy");
        FolderTree.delete(folder);
        for (Path file : files(example)) {
            Path copy = folder.resolve(example.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Files.writeString(copy, text.replace(REFERENCE, "database: embedded:" + shop), StandardCharsets.UTF_8);
        }
        Files.writeString(
                folder.resolve("kept.yaml"),
                "state: embedded:" + state + "\ndirectory: ../..\nserve: {address: \"http://127.0.0.1:" + port
                        + "\"}\nlook: {name: Larkfield Goods}\nrequests: {review: [erasure]}\n",
                StandardCharsets.UTF_8);
        return folder;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
