package dev.kept.server.http;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser as far as forms and cookies go: it remembers cookies, sends the token of the page it has, and follows where it is led. */
public final class Visitor {

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String origin;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final List<String> seen = new ArrayList<>();
    private String token = "";
    private String network = "";
    private String path = "/";

    public Visitor(int port) {
        this.origin = "http://127.0.0.1:" + port;
    }

    /** The same, seen through a proxy that says so, at another address of the network. */
    public Visitor from(String network) {
        this.network = network;
        return this;
    }

    /** A further window of the same browser, led to another process of the site: with its cookies, and the token of the page it has. */
    public Visitor at(int port) {
        Visitor window = new Visitor(port);
        window.cookies.putAll(cookies);
        window.token = token;
        window.network = network;
        return window;
    }

    public HttpResponse<String> get(String address, String... headers) throws IOException, InterruptedException {
        path = address;
        return followed(send(request(address, headers).GET().build()));
    }

    /** A file, byte by byte. */
    public byte[] file(String address) throws IOException, InterruptedException {
        return client.send(request(address).GET().build(), BodyHandlers.ofByteArray())
                .body();
    }

    /** Sends a form of the page it has: names and values in turn. */
    public HttpResponse<String> send(String address, String... fields) throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder("token=" + encoded(token));
        for (int i = 0; i < fields.length; i += 2) {
            form.append('&').append(encoded(fields[i])).append('=').append(encoded(fields[i + 1]));
        }
        path = address;
        return followed(send(request(address, "Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString()))
                .build()));
    }

    private HttpRequest.Builder request(String address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + address))
                .header("Sec-Fetch-Site", "same-origin")
                .header("Accept", "text/html,*/*;q=0.5");
        if (!cookies.isEmpty()) {
            List<String> sent = new ArrayList<>();
            cookies.forEach((name, value) -> sent.add(name + "=" + value));
            request.header("Cookie", String.join("; ", sent));
        }
        if (!network.isEmpty()) {
            request.header("X-Forwarded-For", network);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        for (String cookie : response.headers().allValues("set-cookie")) {
            String[] parts = cookie.split(";")[0].split("=", 2);
            if (cookie.contains("Max-Age=0")) {
                cookies.remove(parts[0]);
            } else {
                cookies.put(parts[0], parts[1]);
            }
        }
        seen.add(response.headers().map() + "\n" + response.body());
        Matcher found = TOKEN.matcher(response.body());
        if (found.find()) {
            token = found.group(1);
        }
        return response;
    }

    private HttpResponse<String> followed(HttpResponse<String> response) throws IOException, InterruptedException {
        return response.statusCode() == 303
                ? get(response.headers().firstValue("location").orElseThrow())
                : response;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Where links and forms of a page lead, below a path. */
    public static List<String> ways(HttpResponse<String> page, String below) {
        return Pattern.compile("(?:href|action)=\"(" + Pattern.quote(below) + "[^\"#]*)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1).replace("&amp;", "&"))
                .distinct()
                .toList();
    }

    /** Where it is now. */
    public String path() {
        return path;
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** Every answer it got, heads and bodies. */
    public List<String> seen() {
        return List.copyOf(seen);
    }
}
