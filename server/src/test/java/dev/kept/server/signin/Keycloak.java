package dev.kept.server.signin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Keycloak in a process of its own, with a realm of staff; and a browser that signs in there. */
final class Keycloak implements AutoCloseable {

    static final String SECRET = "the-secret-of-kept";

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * @param folder of the unpacked distribution
     * @param redirect where browsers are sent back to
     * @param logout where logout tokens are posted to
     */
    Keycloak(Path folder, String redirect, String logout) throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path imported = folder.resolve("data/import");
        Files.createDirectories(imported);
        Files.writeString(imported.resolve("staff.json"), realm(redirect, logout));
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/sh",
                folder.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=0",
                "--db=dev-mem");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("keycloak.log").toFile())
                .start();
        Instant limit = Instant.now().plus(PATIENCE);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(limit)) {
                throw new AssertionError(
                        "keycloak does not start: " + Files.readString(folder.resolve("keycloak.log")));
            }
            process.waitFor(500, TimeUnit.MILLISECONDS);
        }
    }

    private static String realm(String redirect, String logout) {
        return """
                {"realm": "staff", "enabled": true, "sslRequired": "none", "accessTokenLifespan": 1800,
                 "groups": [{"name": "privacy"}, {"name": "audit"}, {"name": "sales"}],
                 "users": [
                   {"username": "ann", "enabled": true, "email": "ann@mill.example", "emailVerified": true, "firstName": "Ann", "lastName": "Lee",
                    "credentials": [{"type": "password", "value": "ann-password"}], "groups": ["/privacy"]},
                   {"username": "sam", "enabled": true, "email": "sam@mill.example", "emailVerified": true, "firstName": "Sam", "lastName": "Sale",
                    "credentials": [{"type": "password", "value": "sam-password"}], "groups": ["/sales"]}],
                 "clients": [{"clientId": "kept", "enabled": true, "publicClient": false, "secret": "%s", "redirectUris": ["%s"],
                   "standardFlowEnabled": true, "directAccessGrantsEnabled": false,
                   "attributes": {"backchannel.logout.url": "%s", "backchannel.logout.session.required": "true", "post.logout.redirect.uris": "%s",
                     "pkce.code.challenge.method": "S256"},
                   "protocolMappers": [{"name": "groups", "protocol": "openid-connect", "protocolMapper": "oidc-group-membership-mapper",
                     "config": {"claim.name": "groups", "full.path": "false", "id.token.claim": "true", "access.token.claim": "false"}}]}]}""".formatted(SECRET, redirect, logout, redirect.replaceFirst("back$", SignIn.SIGNED_OUT));
    }

    private boolean answers() throws InterruptedException {
        try {
            return client.send(
                                    HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + port + "/realms/staff";
    }

    /** What a browser comes back with that is sent there, where somebody types name and password. */
    Map<String, List<String>> signIn(URI address, String name, String password)
            throws IOException, InterruptedException {
        HttpResponse<String> page =
                client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError("no form to sign in: " + page.statusCode());
        }
        String typed = "username=" + name + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
        // by hand: they are Secure, and a browser takes this machine for secure
        String cookies = page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        HttpResponse<String> back = client.send(
                HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", cookies)
                        .POST(HttpRequest.BodyPublishers.ofString(typed))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String location = back.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("not signed in: " + back.statusCode()));
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : URI.create(location).getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.computeIfAbsent(parts[0], any -> new ArrayList<>())
                    .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    /** Where a browser without a session is sent back to that was led to sign out. */
    String signOut(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("not signed out: " + answer.statusCode() + " " + answer.body()));
    }

    /** Asks the interface for administrators something. */
    JsonNode administer(String method, String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> token = client.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "grant_type=password&client_id=admin-cli&username=admin&password=admin"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/admin/realms/staff" + path))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + JSON.readTree(token.body())
                                                .get("access_token")
                                                .asString())
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body().isBlank() ? "null" : answer.body());
    }

    String user(String name) throws IOException, InterruptedException {
        return administer("GET", "/users?exact=true&username=" + name, "")
                .get(0)
                .get("id")
                .asString();
    }

    String group(String name) throws IOException, InterruptedException {
        return administer("GET", "/groups?exact=true&search=" + name, "")
                .get(0)
                .get("id")
                .asString();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
