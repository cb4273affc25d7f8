package dev.kept.server.signin;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Talks with the provider: follows no redirects, waits so long, reads so much. */
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** The largest answer that is read: tokens and keys are far smaller. */
    private static final int LARGEST_ANSWER = 256 * 1_024;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest asked) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(asked.getURI()).timeout(ANSWER);
        asked.getHeaderMap().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        String body = asked.getBody() == null ? "" : asked.getBody();
        request.method(asked.getMethod().name(), HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<InputStream> answer = exchange(request.build());
        HTTPResponse response = new HTTPResponse(answer.statusCode());
        try {
            response.setContentType(answer.headers().firstValue("Content-Type").orElse("text/plain"));
        } catch (ParseException e) {
            throw new IOException("the answer has no readable content type", e);
        }
        response.setBody(text(answer));
        return response;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.toString()))
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .build();
        HttpResponse<InputStream> answer = exchange(request);
        String body = text(answer);
        if (answer.statusCode() != 200) {
            throw new IOException("the provider answers with status " + answer.statusCode());
        }
        return new Resource(body, answer.headers().firstValue("Content-Type").orElse("application/json"));
    }

    private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting for the provider", e);
        }
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            byte[] read = body.readNBytes(LARGEST_ANSWER + 1);
            if (read.length > LARGEST_ANSWER) {
                throw new IOException("the provider's answer is longer than " + LARGEST_ANSWER + " bytes");
            }
            return new String(read, StandardCharsets.UTF_8);
        }
    }
}
