package dev.kept.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.Main;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that Kept did not start, with TLS and passwords kept in files, reached by real processes of Kept. */
@DisabledOnOs(OS.WINDOWS)
class RemoteServerTest {

    private static final String PASSWORD = "pass:w\\ord-s3cret";
    private static final char[] STORE = "changeit".toCharArray();
    private static final long MOST_SECONDS = 120;

    private static final TestCluster cluster = TestCluster.start();

    @TempDir
    private static Path folder;

    private static int port;

    @BeforeAll
    static void a_server_with_a_certificate() throws Exception {
        certificate("authority", "-ext", "bc:c");
        certificate("stranger", "-ext", "bc:c");
        certificate("server", "-ext", "san=dns:localhost", "-signer", "authority");
        certificate("old", "-ext", "san=dns:localhost", "-signer", "authority", "-startdate", "-9d", "-validity", "2");
        cluster.postgres().createDatabase("shop");
        TestDatabase shop = shop();
        shop.execute(
                "CREATE ROLE keeper LOGIN PASSWORD '" + PASSWORD + "'; CREATE TABLE customers (id int PRIMARY KEY)");
        serve("server");
        run("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()");
        Harbour.await(shop(), "ssl", "on");
        port = Integer.parseInt(shop.jdbcUrl().replaceFirst(".*:([0-9]+)/.*", "$1"));
    }

    @AfterAll
    static void gone() {
        cluster.discard();
    }

    private static TestDatabase shop() {
        return new TestDatabase(cluster.postgres(), "shop");
    }

    /** A key and its certificate, made by the JDK's keytool. */
    private static void certificate(String name, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storepass",
                new String(STORE)));
        words.addAll(Arrays.asList(options));
        Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        Files.writeString(
                folder.resolve(name + ".crt"),
                pem("CERTIFICATE", keys().getCertificate(name).getEncoded()));
    }

    private static KeyStore keys() throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(folder.resolve("keys.p12").toFile(), STORE);
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }

    /** Lays a certificate and its key into the server's folder, as the server's own account, which alone may read the key. */
    private static void serve(String name) throws Exception {
        byte[] key = Objects.requireNonNull(keys().getKey(name, STORE)).getEncoded();
        lay(name + ".key", pem("PRIVATE KEY", key));
        lay(name + ".crt", Files.readString(folder.resolve(name + ".crt")));
        run(
                "ALTER SYSTEM SET ssl_cert_file = '" + name + ".crt'",
                "ALTER SYSTEM SET ssl_key_file = '" + name + ".key'",
                "SELECT pg_reload_conf()");
        Harbour.await(shop(), "ssl_cert_file", name + ".crt");
    }

    private static void lay(String file, String text) throws SQLException {
        run("COPY (SELECT unnest(string_to_array('" + text.strip() + "', E'\\n'))) TO PROGRAM 'umask 077; cat > " + file
                + "'");
    }

    private static void run(String... statements) throws SQLException {
        try (Connection connection = shop().connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Path passwords(String host) throws IOException {
        Path file = Files.createTempFile(
                folder, "pass", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:");
        return Files.writeString(
                file, "elsewhere:*:*:*:wrong\n" + host + ":" + port + ":shop:keeper:" + escaped + "\n");
    }

    private static String verified(String host, String root) {
        return "jdbc:postgresql://" + host + ":" + port + "/shop?user=keeper&sslmode=verify-full&sslrootcert="
                + folder.resolve(root);
    }

    private record Said(int exit, String text) {}

    /** A process of Kept that maps the store, with an environment of its own. */
    private static Said map(String url, Map<String, String> environment, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        words.addAll(Arrays.asList(options));
        Path notice = Files.createTempDirectory(folder, "notice");
        words.addAll(
                List.of(Main.class.getName(), "map", "shop", "--from", "${SHOP_URL}", "--notice", notice.toString()));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("SHOP_URL", url);
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.info().commandLine().orElse("")).doesNotContain("s3cret");
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(text).doesNotContain("s3cret");
        return new Said(process.exitValue(), text);
    }

    private static void mapped(Said said) {
        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains("1 table");
    }

    private static void refused(Said said, String sentence) {
        assertThat(said.exit()).as(said.text()).isEqualTo(2);
        assertThat(said.text()).contains("error: " + sentence, "try: ").hasLineCount(2);
    }

    @Test
    void the_password_comes_from_a_file_that_the_address_or_the_environment_names() throws Exception {
        String url = verified("localhost", "authority.crt");
        mapped(map(url + "&passfile=" + passwords("localhost"), Map.of()));
        mapped(map(url, Map.of("PGPASSFILE", passwords("*").toString())));
        mapped(map(url, Map.of("SHOP_URL_PASSWORD", PASSWORD)));
    }

    @Test
    void the_password_comes_from_the_home_folder_where_nothing_is_said() throws Exception {
        Path home = Files.createTempDirectory(folder, "home");
        Files.move(passwords("localhost"), home.resolve(".pgpass"));
        mapped(map(verified("localhost", "authority.crt"), Map.of(), "-Duser.home=" + home));
    }

    @Test
    void a_service_file_names_the_server() throws Exception {
        Path services = Files.writeString(
                folder.resolve("services.conf"),
                "[shop]\nhost=localhost\nport=" + port + "\ndbname=shop\nuser=keeper\nsslmode=verify-full\nsslrootcert="
                        + folder.resolve("authority.crt") + "\n");
        mapped(map(
                "jdbc:postgresql://?service=shop",
                Map.of(
                        "PGSERVICEFILE",
                        services.toString(),
                        "PGPASSFILE",
                        passwords("localhost").toString())));
        refused(
                map("jdbc:postgresql://?service=none", Map.of("PGSERVICEFILE", services.toString())),
                "no service file has the service that the database's address names");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost | stranger.crt | the server's certificate is signed by nobody who is trusted",
                "127.0.0.1 | authority.crt | the server's certificate is of another name than the address",
                "localhost | missing.crt | a file of certificates or keys that the address names",
            })
    void a_server_that_is_not_shown_to_be_the_one_meant_gets_no_password(String host, String root, String sentence)
            throws Exception {
        refused(map(verified(host, root), Map.of("SHOP_URL_PASSWORD", PASSWORD)), sentence);
    }

    @Test
    void a_certificate_that_has_ended_is_said_to_have() throws Exception {
        serve("old");
        try {
            refused(
                    map(verified("localhost", "authority.crt"), Map.of("SHOP_URL_PASSWORD", PASSWORD)),
                    "the server's certificate is not valid at this time");
        } finally {
            serve("server");
        }
    }

    @Test
    void a_wrong_password_and_none_are_told_apart() throws Exception {
        String url = verified("localhost", "authority.crt");
        refused(map(url, Map.of("SHOP_URL_PASSWORD", "s3cret")), "the database refuses the user or the password");
        refused(map(url, Map.of(), "-Duser.home=" + folder), "the server asks for a password, and none is known");
    }

    @Test
    void a_server_without_tls_is_refused_where_the_address_asks_for_it() throws Exception {
        try (TestDatabase plain = TestCluster.shared().freshDatabase()) {
            String url = plain.jdbcUrl() + (plain.jdbcUrl().contains("?") ? "&" : "?")
                    + "sslmode=verify-full&sslrootcert=" + folder.resolve("authority.crt") + "&user=keeper";
            refused(map(url, Map.of("SHOP_URL_PASSWORD", PASSWORD)), "the server offers no TLS");
        }
    }

    @Test
    void a_client_s_certificate_takes_the_place_of_a_password() throws Exception {
        certificate("carrier", "-signer", "authority");
        certificate("forged", "-dname", "CN=carrier", "-signer", "stranger");
        lay("authority.crt", Files.readString(folder.resolve("authority.crt")));
        run(
                "CREATE ROLE carrier LOGIN",
                "COPY (SELECT 'hostssl shop carrier all cert') TO PROGRAM 'cat - pg_hba.conf > hba && cat hba > pg_hba.conf'",
                "ALTER SYSTEM SET ssl_ca_file = 'authority.crt'",
                "SELECT pg_reload_conf()");
        Harbour.await(shop(), "ssl_ca_file", "authority.crt");
        String url = verified("localhost", "authority.crt").replace("user=keeper", "user=carrier");

        mapped(map(url + presenting("carrier"), Map.of()));
        refused(map(url, Map.of(), "-Duser.home=" + folder), "the server asks for a client's certificate");
        refused(map(url + presenting("forged"), Map.of()), "the server asks for a client's certificate");
        refused(map(url + presenting("server"), Map.of()), "the server asks for a client's certificate");
        String open = presenting("carrier");
        Files.setPosixFilePermissions(folder.resolve("carrier.pk8"), PosixFilePermissions.fromString("rw-r--r--"));
        refused(
                map(url + open, Map.of()),
                "the key of the client's certificate cannot be read, or can be read by others");
    }

    /** The certificate and its key as the driver reads them. */
    private static String presenting(String name) throws Exception {
        Path key = Files.write(
                folder.resolve(name + ".pk8"),
                Objects.requireNonNull(keys().getKey(name, STORE)).getEncoded());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return "&sslcert=" + folder.resolve(name + ".crt") + "&sslkey=" + key;
    }

    @Test
    void a_password_file_that_others_may_read_is_refused() throws Exception {
        Path file = passwords("localhost");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        refused(
                map(verified("localhost", "authority.crt") + "&passfile=" + file, Map.of()),
                "others than its owner may read");
    }
}
