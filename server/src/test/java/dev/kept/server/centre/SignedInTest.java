package dev.kept.server.centre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.api.Dairy;
import dev.kept.server.command.Company;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Typed;
import dev.kept.server.request.Visits;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persons handed over by the company's own site, and those who would have themselves handed over. */
class SignedInTest {

    private static final String SITE = "https://dairy.example";
    private static final String HANDOVER = "__Host-kept-handover";
    private static final String BROWSER = "__Host-kept-requests";

    @TempDir
    private Path folder;

    private final ShopTokens shop = new ShopTokens();
    private final HttpClient client = HttpClient.newHttpClient();
    private Dairy dairy;

    @BeforeEach
    void open() throws IOException {
        dairy = new Dairy(
                folder,
                shop.settings(),
                Map.of("DAIRY_KEY", shop.secretJwk()),
                premises -> List.of(new Centre(premises), new SignedIn(premises)));
    }

    @AfterEach
    void close() {
        dairy.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder at(int node, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + dairy.port(node) + path));
    }

    private HttpResponse<String> post(String token, String... headers) {
        HttpRequest.Builder request = at(0, "/privacy/signed-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    /** As a browser posts it from the company's site. */
    private HttpResponse<String> handed(String token) {
        return post(token, "Origin", SITE, "Sec-Fetch-Site", "same-site");
    }

    private HttpResponse<String> led(int node, String cookies) {
        return send(at(node, "/privacy/signed-in").header("Cookie", cookies));
    }

    private static Map<String, String> cookies(HttpResponse<String> response) {
        Map<String, String> cookies = new HashMap<>();
        response.headers().allValues("set-cookie").forEach(line -> {
            String[] pair = line.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        });
        return cookies;
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("location").orElse("");
    }

    /** The whole way; answers where it led. */
    private String through(String token, String browser) {
        return location(wholeWay(token, browser));
    }

    private HttpResponse<String> wholeWay(String token, String browser) {
        HttpResponse<String> posted = handed(token);
        assertThat(posted.statusCode()).isEqualTo(303);
        String cookies = HANDOVER + "=" + cookies(posted).get(HANDOVER)
                + (browser.isEmpty() ? "" : "; " + BROWSER + "=" + browser);
        return led(0, cookies);
    }

    private Map<String, Object> claims() {
        return ShopTokens.claims(dairy.now());
    }

    private Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    private Map<String, Object> without(String... names) {
        Map<String, Object> claims = claims();
        List.of(names).forEach(claims::remove);
        return claims;
    }

    private List<String> requests() {
        return Company.rows(
                dairy.company().state(), "select kind || ' ' || stage || ' ' || channel from kept.request order by 1");
    }

    private StoredRequest numbered(String location) {
        String number = location.substring(location.lastIndexOf('/') + 1);
        return dairy.office().requests().byNumber(number).orElseThrow();
    }

    @Test
    void who_is_signed_in_at_the_shop_asks_without_another_proof_and_is_answered() {
        HttpResponse<String> posted = handed(shop.good(claims("lang", "en")));
        assertThat(posted.statusCode()).isEqualTo(303);
        assertThat(location(posted)).isEqualTo("/privacy/signed-in");
        assertThat(posted.headers().allValues("set-cookie"))
                .singleElement()
                .asString()
                .contains("HttpOnly", "Secure", "SameSite=Lax", "Max-Age=120");
        assertThat(requests()).isEmpty();

        HttpResponse<String> led = led(0, HANDOVER + "=" + cookies(posted).get(HANDOVER));
        assertThat(led.statusCode()).isEqualTo(303);
        assertThat(location(led)).startsWith("/privacy/en/requests/");
        assertThat(cookies(led).get(HANDOVER)).isEmpty();
        String browser = cookies(led).get(BROWSER);
        assertThat(requests()).containsExactly("access proven site");
        StoredRequest stored = numbered(location(led));
        assertThat(stored.request().identity().orElseThrow().way().word()).isEqualTo("signed-in");
        assertThat(dairy.office()
                        .desk()
                        .visits()
                        .of(browser, stored.id())
                        .orElseThrow()
                        .proven())
                .isTrue();
        assertThat(dairy.office().details().addressOnFile(stored.id())).contains("zoe@planted.example");

        dairy.work();
        assertThat(numbered(location(led)).request().stage().word()).isEqualTo("answered");
    }

    @Test
    void what_takes_effect_at_once_does_so_with_the_token() {
        Map<String, Object> claims = claims("ask", "marketing-objection");
        claims.put("uses", List.of("offers"));

        assertThat(through(shop.good(claims), "")).startsWith("/privacy/requests/");
        assertThat(Company.rows(
                        dairy.company().state(),
                        "select what || ' ' || use_id || ' ' || person_key[1] from kept.person_fact"))
                .containsExactly("ended offers key-of-zoe");
    }

    @Test
    void keys_of_each_algorithm_are_good_for_theirs() {
        assertThat(through(shop.ec(ShopTokens.header("ES256", "ec"), claims()), ""))
                .contains("/requests/");
        assertThat(through(ShopTokens.mac(shop.secret, ShopTokens.header("HS256", "mac"), claims()), ""))
                .contains("/requests/");
        Map<String, Object> bySubject = without("person");
        bySubject.put("kind", "customer");
        bySubject.put("sub", "other");
        assertThat(through(shop.good(bySubject), "")).contains("/requests/");
        assertThat(through(shop.good(claims("person", Map.of("email", "ZOE@planted.example"))), ""))
                .contains("/requests/");
        assertThat(requests()).hasSize(4).containsOnly("access proven site");
    }

    private StoredRequest asked(String browser) {
        return dairy.office()
                .desk()
                .receive(Ask.of(Kind.ERASURE), new Typed("", "zoe@planted.example", "", Map.of()), "en", browser);
    }

    @Test
    void a_request_that_this_browser_asked_is_proven_and_nobody_elses() {
        String browser = Visits.secret();
        StoredRequest mine = asked(browser);
        StoredRequest others = asked(Visits.secret());
        Map<String, Object> named = without("ask");
        named.put("request", others.number());

        assertThat(through(shop.good(named), browser)).isEqualTo("/privacy");
        assertThat(through(shop.good(without("ask")), "")).isEqualTo("/privacy");
        assertThat(requests()).containsExactly("erasure received form", "erasure received form");
        assertThat(through(shop.good(without("ask")), browser)).isEqualTo("/privacy/requests/" + mine.number());
        assertThat(requests()).containsExactly("erasure proven form", "erasure received form");
    }

    @Test
    void a_secret_that_somebody_planted_in_the_browser_opens_nothing_once_she_was_handed_over() {
        String planted = Visits.secret();
        StoredRequest hers = asked(planted);

        HttpResponse<String> led = wholeWay(shop.good(without("ask")), planted);

        String renewed = cookies(led).get(BROWSER);
        assertThat(renewed).isNotEqualTo(planted);
        assertThat(dairy.office().desk().visits().of(planted)).isEmpty();
        assertThat(dairy.office()
                        .desk()
                        .visits()
                        .of(renewed, hers.id())
                        .orElseThrow()
                        .proven())
                .isTrue();
        through(shop.good(claims()), planted);
        assertThat(dairy.office().desk().visits().of(planted)).isEmpty();
    }

    @Test
    void who_is_handed_over_by_her_account_is_not_proven_to_have_the_address_that_stands_in_it() throws IOException {
        dairy.close();
        dairy = Dairy.withReaders(
                folder,
                shop.settings(),
                Map.of("DAIRY_KEY", shop.secretJwk()),
                premises -> List.of(new Centre(premises), new SignedIn(premises)));

        through(shop.good(claims()), "");
        assertThat(persons()).containsExactly("customer {key-of-zoe}");

        through(shop.good(claims("person", Map.of("customer", "key-of-zoe", "email", "zoe@planted.example"))), "");
        assertThat(persons())
                .containsExactly("customer {key-of-zoe}", "customer {key-of-zoe}", "reader {zoe@planted.example}");
    }

    private List<String> persons() {
        return Company.rows(
                dairy.company().state(),
                "select person_kind || ' ' || person_key::text from kept.request_person order by 1");
    }

    @Test
    void nobody_is_looked_up_in_a_store_that_was_restored_until_it_is_clean() {
        dairy.isolate();
        String token = shop.good(claims());
        assertThat(led(0, HANDOVER + "=" + token).statusCode()).isEqualTo(503);
        assertThat(requests()).isEmpty();
        assertThat(persons()).isEmpty();

        dairy.clean();
        assertThat(led(0, HANDOVER + "=" + token).statusCode()).isEqualTo(303);
        assertThat(persons()).containsExactly("customer {key-of-zoe}");
    }

    @Test
    void a_proven_request_opens_again_for_whom_it_is_about_and_for_nobody_else() {
        String browser = Visits.secret();
        StoredRequest mine = asked(browser);
        browser = cookies(wholeWay(shop.good(without("ask")), browser)).get(BROWSER);
        dairy.pass(Visits.PROVEN.plusSeconds(1));
        assertThat(dairy.office()
                        .desk()
                        .visits()
                        .of(browser, mine.id())
                        .orElseThrow()
                        .proven())
                .isFalse();
        Map<String, Object> ben = without("ask");
        ben.put("request", mine.number());
        ben.put("person", Map.of("customer", "other"));
        assertThat(through(shop.good(ben), browser)).isEmpty();
        Map<String, Object> nobody = new LinkedHashMap<>(ben);
        nobody.put("jti", "another-token");
        nobody.put("person", Map.of("customer", "nobody"));
        assertThat(through(shop.good(nobody), browser)).isEmpty();
        assertThat(dairy.office()
                        .desk()
                        .visits()
                        .of(browser, mine.id())
                        .orElseThrow()
                        .proven())
                .isFalse();
        Map<String, Object> zoe = without("ask");
        zoe.put("request", mine.number());
        HttpResponse<String> again = wholeWay(shop.good(zoe), browser);
        assertThat(location(again)).endsWith(mine.number());
        browser = cookies(again).get(BROWSER);
        assertThat(dairy.office()
                        .desk()
                        .visits()
                        .of(browser, mine.id())
                        .orElseThrow()
                        .proven())
                .isTrue();
    }

    @Test
    void somebody_no_store_knows_is_told_what_everybody_is_told() {
        HttpResponse<String> known = handed(shop.good(claims()));
        HttpResponse<String> unknown = handed(shop.good(claims("person", Map.of("customer", "nobody-known"))));
        HttpResponse<String> knownLed = led(0, HANDOVER + "=" + cookies(known).get(HANDOVER));
        HttpResponse<String> unknownLed =
                led(0, HANDOVER + "=" + cookies(unknown).get(HANDOVER));

        assertThat(unknownLed.statusCode()).isEqualTo(knownLed.statusCode()).isEqualTo(303);
        assertThat(location(unknownLed).length()).isEqualTo(location(knownLed).length());
        assertThat(unknownLed.headers().map().keySet())
                .isEqualTo(knownLed.headers().map().keySet());
        assertThat(unknownLed.body()).isEqualTo(knownLed.body());
        assertThat(requests()).containsExactly("access proven site", "access proven site");
    }

    private Map<String, String> forged() throws Exception {
        Map<String, String> bad = new LinkedHashMap<>();
        long now = dairy.now().getEpochSecond();
        bad.put("expired", shop.good(claims("exp", now)));
        bad.put("from the future", shop.good(claims("iat", now + 31)));
        bad.put("not yet", shop.good(claims("nbf", now + 31)));
        bad.put("for longer than five minutes", shop.good(claims("exp", now + 301)));
        bad.put("long ago and for ever", shop.good(claims("iat", now - 86_400)));
        for (String name : List.of("iat", "exp", "aud", "jti", "person")) {
            bad.put("without " + name, shop.good(without(name)));
        }
        bad.put("for another", shop.good(claims("aud", "https://privacy.other.example/privacy")));
        bad.put("for several", shop.good(claims("aud", List.of(ShopTokens.AUDIENCE, "https://other.example"))));
        bad.put("for the host only", shop.good(claims("aud", "https://privacy.dairy.example")));
        bad.put("with a short name", shop.good(claims("jti", "1")));
        bad.put("with a name that is a number", shop.good(claims("jti", 12_345_678_901L)));
        bad.put("of nobody", shop.good(claims("person", Map.of())));
        bad.put("of a blank", shop.good(claims("person", Map.of("customer", " "))));
        bad.put("of a number", shop.good(claims("person", Map.of("customer", 17))));
        bad.put("of a text", shop.good(claims("person", "key-of-zoe")));
        bad.put("of a line break", shop.good(claims("person", Map.of("customer", "a\nb"))));
        bad.put("asking what nobody can", shop.good(claims("ask", "everything")));
        bad.put("asking a number", shop.good(claims("ask", 5)));
        bad.put("objecting to nothing", shop.good(claims("ask", "marketing-objection")));
        bad.put("in a language that is a list", shop.good(claims("lang", List.of("en"))));
        bad.put("unsigned", ShopTokens.unsigned(claims()));
        String good = shop.good(claims());
        bad.put("with its signature cut off", good.substring(0, good.lastIndexOf('.') + 1));
        bad.put("with two parts", good.substring(0, good.lastIndexOf('.')));
        String other = shop.good(claims("person", Map.of("customer", "other")));
        bad.put(
                "with another's claims",
                good.split("\\.")[0] + "." + other.split("\\.")[1] + "." + good.split("\\.")[2]);
        byte[] x = shop.x();
        bad.put("by HS256 with the public key", ShopTokens.mac(x, ShopTokens.header("HS256", "ed"), claims()));
        bad.put(
                "by HS256 with the encoded public key",
                ShopTokens.mac(shop.ed.getPublic().getEncoded(), ShopTokens.header("HS256", "ed"), claims()));
        bad.put(
                "by HS256 with the other public key",
                ShopTokens.mac(shop.ec.getPublic().getEncoded(), ShopTokens.header("HS256", "ec"), claims()));
        bad.put("by EdDSA under the secret's name", shop.ed(ShopTokens.header("EdDSA", "mac"), claims()));
        bad.put("by EdDSA under ES256's name", shop.ed(ShopTokens.header("ES256", "ec"), claims()));
        bad.put(
                "by another's key",
                ShopTokens.with(
                        "Ed25519",
                        KeyPairGenerator.getInstance("Ed25519")
                                .generateKeyPair()
                                .getPrivate(),
                        ShopTokens.header("EdDSA", "ed"),
                        claims()));
        bad.put("by a key nobody knows", shop.ed(ShopTokens.header("EdDSA", "other"), claims()));
        bad.put("without the key's name", shop.ed(Map.of("alg", "EdDSA"), claims()));
        Map<String, Object> brought = ShopTokens.header("EdDSA", "ed");
        var own = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        brought.put("jwk", Map.of("kty", "OKP", "crv", "Ed25519", "x", "AAAA"));
        bad.put("with its own key", ShopTokens.with("Ed25519", own.getPrivate(), brought, claims()));
        Map<String, Object> critical = ShopTokens.header("EdDSA", "ed");
        critical.put("crit", List.of("exp"));
        critical.put("exp", 1);
        bad.put("with something critical", shop.ed(critical, claims()));
        Map<String, Object> raw = ShopTokens.header("EdDSA", "ed");
        raw.put("b64", false);
        raw.put("crit", List.of("b64"));
        bad.put("with a raw payload", shop.ed(raw, claims()));
        bad.put(
                "an ECDSA signature of zeros",
                shop.ec(ShopTokens.header("ES256", "ec"), claims()).replaceFirst("[^.]*$", "A".repeat(86)));
        bad.put("huge", shop.good(claims("person", Map.of("customer", "x".repeat(400), "email", "y".repeat(2_500)))));
        bad.put("no token", "a.b.c");
        bad.put("nothing", "");
        return bad;
    }

    @Test
    void a_token_that_is_not_good_does_nothing_and_is_told_nothing() throws Exception {
        String told = handed("none").body();
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> bad : forged().entrySet()) {
            HttpResponse<String> posted = handed(bad.getValue());
            HttpResponse<String> led =
                    bad.getValue().matches("[A-Za-z0-9._~-]+") ? led(0, HANDOVER + "=" + bad.getValue()) : posted;
            if (posted.statusCode() != 403 || !posted.body().equals(told) || led.statusCode() != 403) {
                wrong.add(bad.getKey() + ": " + posted.statusCode() + ", " + led.statusCode());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(requests()).isEmpty();
        assertThat(Company.rows(dairy.company().state(), "select count(*)::text from kept.site_token"))
                .containsExactly("0");
    }

    @Test
    void a_token_that_was_taken_is_not_good_later() {
        String token = shop.good(claims());
        HttpResponse<String> posted = handed(token);
        dairy.pass(SiteTokens.LIVES);

        assertThat(led(0, HANDOVER + "=" + cookies(posted).get(HANDOVER)).statusCode())
                .isEqualTo(403);
        assertThat(requests()).isEmpty();
    }

    @Test
    void a_token_is_good_once_also_for_two_nodes_at_once() throws Exception {
        int other = dairy.start();
        String token = shop.good(claims());
        handed(token);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int node = i % 2 == 0 ? 0 : other;
            calls.add(() -> led(node, HANDOVER + "=" + token).statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Integer> one : threads.invokeAll(calls)) {
                statuses.add(one.get());
            }
        }

        assertThat(statuses).containsOnlyOnce(303).hasSize(10);
        assertThat(statuses.stream().filter(status -> status == 403)).hasSize(9);
        assertThat(requests()).containsExactly("access proven site");
        assertThat(led(0, HANDOVER + "=" + token).statusCode()).isEqualTo(403);
        String kept = String.join("", Company.rows(dairy.company().state(), "select t::text from kept.site_token t"));
        assertThat(kept).doesNotContain("zoe", token.split("\\.")[1].substring(0, 20));
    }

    @Test
    void only_a_page_of_the_company_hands_anybody_over() {
        String token = shop.good(claims());
        for (String origin : List.of(
                "https://evil.example",
                "null",
                "http://dairy.example",
                "https://dairy.example.evil.example",
                "https://evil-dairy.example",
                "https://privacy.dairy.example.evil.example")) {
            assertThat(post(token, "Origin", origin).statusCode()).as(origin).isEqualTo(403);
        }
        assertThat(post(token).statusCode()).isEqualTo(403);
        assertThat(post(token, "Origin", SITE, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(303);
        assertThat(requests()).isEmpty();
    }

    @Test
    void a_token_in_an_address_is_refused() {
        String token = shop.good(claims());
        assertThat(send(at(0, "/privacy/signed-in?token=" + token)).statusCode())
                .isEqualTo(400);
        assertThat(send(at(0, "/privacy/signed-in?" + token).header("Cookie", HANDOVER + "=" + token))
                        .statusCode())
                .isIn(400, 413);
        assertThat(location(send(at(0, "/privacy/signed-in")))).isEqualTo("/privacy");
        assertThat(send(at(0, "/privacy/signed-in").PUT(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
        assertThat(requests()).isEmpty();
    }

    @Test
    void a_form_with_two_tokens_or_of_another_type_is_refused() {
        String token = shop.good(claims());
        HttpResponse<String> twice = send(at(0, "/privacy/signed-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", SITE)
                .POST(BodyPublishers.ofString("token=" + token + "&token=" + token)));
        HttpResponse<String> json = send(at(0, "/privacy/signed-in")
                .header("Content-Type", "application/json")
                .header("Origin", SITE)
                .POST(BodyPublishers.ofString("{\"token\": \"" + token + "\"}")));
        HttpResponse<String> large = send(at(0, "/privacy/signed-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", SITE)
                .POST(BodyPublishers.ofString("token=" + "x".repeat(20_000))));

        assertThat(List.of(twice.statusCode(), json.statusCode(), large.statusCode()))
                .containsExactly(403, 415, 413);
    }

    @Test
    void a_finder_that_is_none_and_a_store_that_is_silent_prove_nothing_and_use_nothing_up() {
        String wrong = shop.good(claims("person", Map.of("planted", "key-of-zoe")));
        assertThat(handed(wrong).statusCode()).isEqualTo(303);
        HttpResponse<String> led = led(0, HANDOVER + "=" + wrong);
        assertThat(led.statusCode()).isEqualTo(503);
        assertThat(led.body()).doesNotContain("planted", "zoe");
        dairy.company().database("shop").execute("alter table customers rename to clients");
        String token = shop.good(claims());
        assertThat(led(0, HANDOVER + "=" + token).statusCode()).isEqualTo(503);
        dairy.company().database("shop").execute("alter table clients rename to customers");
        assertThat(led(0, HANDOVER + "=" + token).statusCode()).isEqualTo(303);
        assertThat(requests()).containsExactly("access proven site");
        assertThat(dairy.complaints.toString()).doesNotContain("planted", "zoe");
    }

    @Test
    void keys_that_are_none_are_said_to_be_so_and_not_repeated() {
        String good = shop.edJwk();
        for (String key : List.of(
                "{id: a, algorithm: ES256, key: " + good + "}",
                "{id: a, algorithm: EdDSA, key: {kty: OKP, crv: Ed25519, x: planted, d: planted}}",
                "{id: a, algorithm: EdDSA, key: planted}",
                "{id: a, algorithm: HS256, key: planted-secret-that-is-written-down-here}",
                "{id: a, algorithm: HS256, key: \"${SHORT}\"}",
                "{id: a, algorithm: HS256, key: \"${UNSET}\"}",
                "{id: a, algorithm: none, key: " + good + "}",
                "{id: a b, algorithm: EdDSA, key: " + good + "}",
                "{id: a, algorithm: EdDSA, key: " + good + "}, {id: a, algorithm: EdDSA, key: " + good + "}")) {
            assertThatThrownBy(() -> started(key))
                    .as(key)
                    .isInstanceOf(dev.kept.server.failure.CannotRun.class)
                    .hasMessageNotContaining("planted");
        }
    }

    private void started(String key) throws IOException {
        Path other = java.nio.file.Files.createTempDirectory(folder, "other");
        new Dairy(
                        other,
                        "serve: {address: \"https://privacy.dairy.example\"}\nrequests: {site: [" + key + "]}\n",
                        Map.of("SHORT", "{\"kty\": \"oct\", \"k\": \"c2hvcnQ\"}"),
                        premises -> List.of(new SignedIn(premises)))
                .close();
    }
}
