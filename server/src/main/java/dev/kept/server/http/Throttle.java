package dev.kept.server.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jdbi.v3.core.Jdbi;

/**
 * Counts how often something is done for or by one subject, over all processes, and says when it is too often. A subject is an address of a
 * machine or of a person: it is never kept. Its keyed hash of the day leads to two of {@value #PLACES} places that others share with it, and the smaller
 * of their counts holds (a count-min sketch): memory and table have a size once and for all, and who counted where cannot be told.
 */
public final class Throttle {

    private static final int PLACE_BITS = 20;
    private static final int PLACES = 1 << PLACE_BITS;
    private static final int COUNT_BITS = 24;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final String PURPOSE = "throttle";

    private final Jdbi jdbi;
    private final DailyKeys keys;
    private final InstantSource clock;

    /** What this process counted itself: whoever is over the limit by that alone costs the database nothing. */
    private final AtomicLongArray own = new AtomicLongArray(PLACES);

    Throttle(Jdbi jdbi, DailyKeys keys, InstantSource clock) {
        this.jdbi = jdbi;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * How often a thing may be done.
     *
     * @param name a word that parts it from other things
     * @param most in each span
     * @param span at most a day; spans begin at whole multiples of themselves since 1970
     */
    public record Rule(String name, int most, Duration span) {
        public Rule {
            if (most < 1 || most >= COUNT_MASK || span.isNegative() || span.isZero() || span.toDays() > 1) {
                throw new IllegalArgumentException("a rule counts up to some number within a day");
            }
        }
    }

    /** Whether it may be done, or when it is worth trying again. */
    public sealed interface Answer {
        record Admitted() implements Answer {}

        record TooOften(Duration after) implements Answer {}
    }

    /**
     * Counts what a client does, by each network that may be hers alone: whoever has many addresses of IPv6 has not as many tries. Wider networks may do
     * more.
     */
    public Answer count(Rule rule, Client client) {
        Answer answer = new Answer.Admitted();
        for (Client.Network network : client.networks()) {
            Rule wider = new Rule(rule.name(), rule.most() * network.share(), rule.span());
            answer = answer instanceof Answer.Admitted ? count(wider, network.begin()) : answer;
        }
        return answer;
    }

    /** Counts it, also where it is refused. */
    public Answer count(Rule rule, String subject) {
        Instant now = clock.instant();
        long length = rule.span().toSeconds();
        long ends = (now.getEpochSecond() / length + 1) * length;
        byte[] hash = keys.hash(DailyKeys.Day.TODAY, now, PURPOSE, rule.name() + "\0" + length + "\0" + subject);
        int first = ByteBuffer.wrap(hash).getInt(0) & (PLACES - 1);
        int second = ByteBuffer.wrap(hash).getInt(Integer.BYTES) & (PLACES - 1);
        long count = Math.min(counted(first, ends, now), counted(second, ends, now));
        if (count <= rule.most()) {
            count = Math.max(count, everywhere(first, second, ends, now));
        }
        return count <= rule.most()
                ? new Answer.Admitted()
                : new Answer.TooOften(Duration.ofSeconds(Math.max(1, ends - now.getEpochSecond())));
    }

    /** The end of the span in the upper bits, the count in the lower ones. */
    private long counted(int place, long ends, Instant now) {
        return own.updateAndGet(place, held -> {
                    boolean over = held >>> COUNT_BITS <= now.getEpochSecond();
                    long count = over ? 1 : Math.min(COUNT_MASK, (held & COUNT_MASK) + 1);
                    return (over ? ends : held >>> COUNT_BITS) << COUNT_BITS | count;
                })
                & COUNT_MASK;
    }

    /** In the order of places, so that two processes never wait for each other. */
    private long everywhere(int first, int second, long ends, Instant now) {
        OffsetDateTime end = Instant.ofEpochSecond(ends).atOffset(ZoneOffset.UTC);
        List<Integer> counts = jdbi.withHandle(
                handle -> handle.createQuery("insert into kept.throttle as held (place, ends_at, count) "
                                + "select place, :ends, 1 from (values (:low), (:high)) as asked (place) group by place order by place "
                                + "on conflict (place) do update set "
                                + "count = case when held.ends_at <= :now then 1 else least(held.count, 1000000000) + 1 end, "
                                + "ends_at = case when held.ends_at <= :now then excluded.ends_at else held.ends_at end "
                                + "returning count")
                        .bind("low", Math.min(first, second))
                        .bind("high", Math.max(first, second))
                        .bind("ends", end)
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .mapTo(Integer.class)
                        .list());
        return counts.stream().mapToInt(Integer::intValue).min().orElse(1);
    }
}
