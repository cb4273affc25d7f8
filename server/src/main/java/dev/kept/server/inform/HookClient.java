package dev.kept.server.inform;

import dev.kept.server.configuration.RecipientSettings.Way.ByHook;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts messages. A name is looked up once a try, what was found is checked, and that is what is connected to: a name that leads elsewhere a moment later
 * leads nowhere. Redirects are not followed, nothing is remembered, and of an answer only its status counts.
 */
final class HookClient {

    /** A try takes no longer, whatever the other side does. */
    static final java.time.Duration LONGEST = java.time.Duration.ofSeconds(30);

    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout ANSWER = Timeout.ofSeconds(15);
    private static final int MOST_ANSWER_BYTES = 64 * 1024;
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_LINE = 8_192;
    private static final ContentType EVENT = ContentType.parse("application/cloudevents+json; charset=utf-8");

    private final Names names;

    HookClient(Names names) {
        this.names = names;
    }

    /**
     * What came of a try: 2xx is taken.
     *
     * @param outcome {@code http 204}, {@code not-public}, {@code timed-out} …
     */
    record Answer(boolean taken, String outcome) {}

    /** @param body the event as JSON (CloudEvents, structured mode) */
    Answer post(ByHook hook, List<byte[]> keys, UUID id, Instant now, byte[] body) {
        HttpPost post = new HttpPost(hook.address());
        post.setHeader("webhook-id", id.toString());
        post.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        post.setHeader("webhook-signature", Signature.header(keys, id.toString(), now, body));
        post.setHeader("User-Agent", "kept");
        post.setEntity(new ByteArrayEntity(body, EVENT));
        try (CloseableHttpClient client = client(new Reach(hook.allow()));
                Closeable ending = endingLate(post)) {
            return client.execute(post, HookClient::answer);
        } catch (Reach.Closed e) {
            return new Answer(false, "not-public");
        } catch (UnknownHostException e) {
            return new Answer(false, "unknown-host");
        } catch (SSLException e) {
            return new Answer(false, "tls");
        } catch (IOException e) {
            return new Answer(
                    false,
                    post.isAborted() || e instanceof java.io.InterruptedIOException ? "timed-out" : "unreachable");
        }
    }

    /** Ends the try from outside: the other side may answer a byte at a time. */
    private static Closeable endingLate(HttpPost post) {
        CompletableFuture<Void> late =
                new CompletableFuture<Void>().completeOnTimeout(null, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> _ = late.thenRun(post::abort);
        return () -> late.cancel(false);
    }

    private static Answer answer(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            try (InputStream in = entity.getContent()) {
                in.readNBytes(MOST_ANSWER_BYTES);
            }
        }
        return new Answer(status >= 200 && status < 300, "http " + status);
    }

    private CloseableHttpClient client(Reach reach) {
        DnsResolver resolver = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return reach.of(names.addresses(host)).toArray(InetAddress[]::new);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(ANSWER)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(ANSWER)
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }
}
