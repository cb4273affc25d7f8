package dev.kept.server.crash;

import dev.kept.core.datamap.CatalogueFile;
import dev.kept.server.run.LiveStore;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Where corner shops are opened: one server for stores, one for Kept's own databases (which may be the same), and a template of each. */
final class Site {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final TestCluster stores;
    private final TestCluster states;
    private final Path folder;
    private final TestDatabase storeTemplate;
    private final TestDatabase stateTemplate;
    private final String catalogue;

    Site(TestCluster stores, TestCluster states, Path folder) {
        this.stores = stores;
        this.states = states;
        this.folder = folder;
        int number = NUMBERS.incrementAndGet();
        this.storeTemplate = create(stores, "shop_template_" + number, "template0");
        storeTemplate.execute(resource("shop.sql") + resource("rows.sql"));
        this.stateTemplate = create(states, "kept_template_" + number, "template0");
        State.open(stateTemplate.jdbcUrl(), stateTemplate.user(), stateTemplate.password(), InstantSource.system())
                .close();
        this.catalogue = CatalogueFile.write(LiveStore.catalogue(storeTemplate.dataSource()));
    }

    /** A shop with rows, and a Kept that has done nothing yet. */
    CornerShop open() {
        return open(100);
    }

    /** @param brake percent of a table from which on another operator is asked */
    CornerShop open(int brake) {
        int number = NUMBERS.incrementAndGet();
        TestDatabase store = create(stores, "shop_" + number, storeTemplate.name());
        TestDatabase state = create(states, "kept_" + number, stateTemplate.name());
        Path plain = notice("plain" + number, url(store), url(state), brake);
        Path wired = notice("wired" + number, wired(store, "store"), wired(state, "state"), brake);
        return new CornerShop(store, state, plain, wired);
    }

    private Path notice(String name, String store, String state, int brake) {
        try {
            Path privacy = Files.createDirectories(folder.resolve(name).resolve("privacy/stores"))
                    .getParent();
            for (String file : List.of("notice.yaml", "notice.en.md", "stores/shop.yaml")) {
                Files.writeString(
                        privacy.resolve(file),
                        resource("privacy/" + file).replace("${KILLED_SHOP}", "'" + store + "'"));
            }
            Files.writeString(privacy.resolve("stores/shop.catalogue.yaml"), catalogue);
            Files.writeString(privacy.resolve("kept.yaml"), "state: '" + state + "'\nbrake: " + brake + "\n");
            return privacy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String url(TestDatabase database) {
        return database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password()
                + "&sslmode=disable&gssEncMode=disable";
    }

    static String wired(TestDatabase database, String name) {
        return url(database) + "&socketFactory=" + Wire.class.getName() + "&socketFactoryArg=" + name;
    }

    static TestDatabase create(TestCluster cluster, String name, String template) {
        try (Connection connection = cluster.postgres().dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY wal_log");
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return new TestDatabase(cluster.postgres(), name);
    }

    static String resource(String name) {
        try (InputStream in = Site.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
