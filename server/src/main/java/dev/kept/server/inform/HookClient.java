package dev.kept.server.inform;

import dev.kept.server.configuration.RecipientSettings.Way.ByHook;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
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
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts messages. A name is looked up once a try, what was found is checked, and that is what is connected to: a name that leads elsewhere a moment later
 * leads nowhere. Redirects are not followed, nothing is remembered, and of an answer only its status counts.
 */
final class HookClient {

    /** A try takes no longer, whatever the other side does. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout ANSWER = Timeout.ofSeconds(15);
    private static final Http1Config ANSWERS =
            Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(8_192).build();
    private static final ContentType EVENT = ContentType.parse("application/cloudevents+json; charset=utf-8");

    private final Names names;
    private final Duration longest;

    HookClient(Names names) {
        this(names, LONGEST);
    }

    HookClient(Names names, Duration longest) {
        this.names = names;
        this.longest = longest;
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
        CloseableHttpClient client = client(new Reach(hook.allow()));
        CompletableFuture<Void> late =
                new CompletableFuture<Void>().completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS);
        // ended from outside: the other side may answer a byte at a time; it is late before it is ended
        CompletableFuture<Void> _ = late.thenRun(post::abort);
        try {
            int status = client.executeOpen(HttpHost.create(hook.address()), post, null)
                    .getCode();
            return new Answer(status >= 200 && status < 300, "http " + status);
        } catch (IOException e) {
            return new Answer(false, outcome(e, late.isDone()));
        } finally {
            late.cancel(false);
            client.close(CloseMode.IMMEDIATE); // what it goes on saying nobody reads
        }
    }

    private static String outcome(IOException failure, boolean late) {
        return switch (failure) {
            case Reach.Closed closed -> "not-public";
            case UnknownHostException unknown -> "unknown-host";
            case SSLException tls -> "tls";
            default -> late || failure instanceof InterruptedIOException ? "timed-out" : "unreachable";
        };
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
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(ANSWERS)
                                .build())
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
