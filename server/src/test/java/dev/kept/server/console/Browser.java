package dev.kept.server.console;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser of a member of staff: keeps cookies, follows nothing by itself, sends forms with what stood hidden in the last page. */
final class Browser {

    private static final Pattern HIDDEN = Pattern.compile("name=\"(token|session)\" value=\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String site;
    final Map<String, String> cookies = new LinkedHashMap<>();
    final Map<String, String> hidden = new LinkedHashMap<>();

    Browser(String site) {
        this.site = site;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** Sends a form of the last page with these fields, each name and value. */
    HttpResponse<String> post(String path, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        hidden.forEach((name, value) -> all.addAll(List.of(name, value)));
        return send("POST", path, encoded(all));
    }

    static String encoded(List<String> fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.size(); i += 2) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(URLEncoder.encode(fields.get(i), StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(fields.get(i + 1), StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .header("Accept", "text/html");
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        if (!cookies.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            cookies.forEach((name, value) -> pairs.add(name + "=" + value));
            request.header("Cookie", String.join("; ", pairs));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            Map<String, String> found = new LinkedHashMap<>();
            Matcher matcher = HIDDEN.matcher(answer.body());
            while (matcher.find()) {
                found.put(matcher.group(1), matcher.group(2));
            }
            if (!found.isEmpty()) {
                hidden.clear();
                hidden.putAll(found);
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String cookie) {
        String pair = cookie.split(";", 2)[0];
        int sign = pair.indexOf('=');
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(pair.substring(0, sign));
        } else {
            cookies.put(pair.substring(0, sign), pair.substring(sign + 1));
        }
    }
}
