package dev.kept.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.http.OpenSite;
import dev.kept.server.http.Visitor;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's people have asked, are at different points of being answered, and their mails can be read at a local address. */
class DemoRequestsTest {

    private static final Path EXAMPLE = Path.of("..", "examples", "larkfield");

    @TempDir
    private Path folder;

    private void copy(TestDatabase shop, TestDatabase state) throws IOException {
        Path from = EXAMPLE.resolve("privacy");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        Path map = folder.resolve("stores/shop.yaml");
        Files.writeString(
                map, Files.readString(map).replaceFirst("database: .*", "database: " + Company.address(shop)));
        Files.writeString(
                folder.resolve("kept.yaml"), "state: " + Company.address(state) + "\nrequests: {review: [erasure]}\n");
        Freezing.freeze(
                folder,
                Candidate.of(PrivacyFolder.read(folder), InstantSource.system()).publication());
    }

    @Test
    void requests_stand_at_several_stages_and_their_mails_are_read_at_a_local_address() throws Exception {
        try (TestDatabase shop = TestCluster.shared().freshDatabase();
                TestDatabase state = TestCluster.shared().freshDatabase()) {
            try (Connection connection = shop.connect()) {
                ShopGenerator.generate(
                        connection,
                        ShopSchema.read(EXAMPLE.resolve("database/shop.sql")),
                        new ShopGenerator.Settings(300, 7, Instant.now().minusSeconds(3600)),
                        (stage, done, total) -> {});
            }
            copy(shop, state);
            try (Home home = Home.obeyed(folder, new Environment(Map.of()), InstantSource.system())) {
                List<String> said = new ArrayList<>();

                Optional<String> customer = DemoRequests.play(home, said::add);

                assertThat(customer).isPresent();
                assertThat(Company.rows(state, "select distinct stage from kept.request order by 1"))
                        .contains("answered", "clarifying", "in-review", "received", "refused");
                assertThat(said).hasSize(6).allMatch(line -> line.contains("due on"));
                try (OpenSite site = OpenSite.of(
                        home,
                        folder,
                        premises -> List.of(new DemoMails(home.state(), premises.look(), customer)),
                        said::add)) {
                    String mails = new Visitor(site.port()).get(DemoMails.PATH).body();
                    assertThat(mails)
                            .contains(customer.get(), "href=\"/privacy/en/open/")
                            .contains("<article class=\"mail\" lang=\"de\">", "<article class=\"mail\" lang=\"zh\">")
                            .doesNotContain("<script");
                }
            }
        }
    }
}
