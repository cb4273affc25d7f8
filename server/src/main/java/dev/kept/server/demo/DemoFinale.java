package dev.kept.server.demo;

import dev.kept.core.proof.Report;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.demo.Demo.Voice;
import dev.kept.server.proof.LookWatch;
import dev.kept.server.proof.Proving;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import dev.kept.stores.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** How the demo ends: the notice is published, proved and served. */
final class DemoFinale {

    private static final int PORT = 8480;

    private DemoFinale() {}

    static void play(Path home, Path directory, EmbeddedPostgres postgres, Voice voice)
            throws IOException, SQLException {
        voice.step(
                "The notice is published",
                "A version is frozen, with hashes of all it says; from now on only what is published is obeyed.");
        int port = port();
        Path folder =
                DemoFolder.make(home.resolve("examples/larkfield/privacy"), directory, Demo.SHOP, Demo.STATE, port);
        Candidate candidate = Candidate.of(PrivacyFolder.read(folder), InstantSource.system());
        Path frozen = Freezing.freeze(folder, candidate.publication());
        voice.say("version 1, in " + String.join(", ", candidate.notice().languages()) + ", lies in " + frozen);
        try (Home published = Home.obeyed(folder, new Environment(Map.of()), InstantSource.system())
                .on(postgres)) {
            voice.step(
                    "People ask",
                    "To see, to be forgotten, to object: who asks is established first, the answer has a day, and the planner does the rest.");
            Optional<String> customer = DemoRequests.play(published, voice::say);
            voice.step(
                    "Every sentence is judged",
                    "Kept looks at the live shop: what is overdue, what the map does not know, what values say. What nothing looks at is \"not shown\".");
            Report report = new Proving(published, Proving.SNAPSHOT_LIMIT, LookWatch.NOBODY).prove(Optional.empty());
            voice.verdicts(report);
            if (report.broken()) {
                voice.say("What has ended since the sweep is due, and breaks its promise until the next one.");
            }
            voice.serve(published, folder, port, customer);
        }
    }

    /** The usual one, or any that is free. */
    private static int port() throws IOException {
        try (ServerSocket usual = new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress())) {
            return usual.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            }
        }
    }
}
