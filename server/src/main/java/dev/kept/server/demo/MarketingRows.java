package dev.kept.server.demo;

import dev.kept.server.demo.Dice.Topic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Newsletter, vouchers, prize draws, advertising and loyalty cards. */
final class MarketingRows implements Writer {

    private static final int ISSUES = 8;
    private static final int DAYS_BETWEEN_ISSUES = 130;
    private static final List<String> AUDIENCES = List.of("campers", "gardeners", "lapsed buyers");
    private static final List<String> CAMPAIGNS = List.of("first-frost", "spring-rain", "long-days", "open-fire");

    private final long seed;
    private final History history;
    private final Assortment assortment;
    private final MessageDigest sha256;
    private long lastVoucher;
    private long lastEntry;
    private long lastAdEvent;
    private long lastCard;

    private final Rows subscribers = Rows.of(
            "crm.subscribers",
            "email, full_name, language, source, requested_at, opted_in_at, opted_out_at, last_opened_at");
    private final Rows sends = Rows.of("crm.newsletter_sends", "email, issue, sent_at, opened_at, clicked");
    private final Rows vouchers =
            Rows.of("crm.vouchers", "code, issued_to, amount, issued_at, expires_on, redeemed_order_id, redeemed_at");
    private final Rows entries = Rows.of(
            "crm.prize_draw_entries", "id, draw_id, email, full_name, phone, answer, entered_at, won, prize_sent_at");
    private final Rows audiences =
            Rows.of("crm.ad_audience_members", "partner_id, audience, customer_id, email_hash, added_at");
    private final Rows ads = Rows.of("audit.ad_events", "id, partner_id, customer_id, campaign, kind, order_id, at");
    private final Rows cards = Rows.of(
            "crm.\"LoyaltyCard\"",
            "\"CardNo\", \"customerId\", \"Name on Card\", \"Points\", \"issuedAt\", \"lastUsedAt\", \"validUntil\"");

    MarketingRows(long seed, History history, Assortment assortment) {
        this.seed = seed;
        this.history = history;
        this.assortment = assortment;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public List<Rows> rows() {
        return List.of(subscribers, sends, vouchers, entries, audiences, ads, cards);
    }

    void write(Person person, List<Order> orders) {
        Dice dice = new Dice(seed, person.stranger() ? -person.id() : person.id(), Topic.MARKETING);
        if (dice.chance(person.stranger() ? 0.6 : 0.45)) {
            subscribe(dice, person, orders);
        }
        if (dice.chance(person.stranger() ? 0.25 : 0.07)) {
            enter(dice, person);
        }
        if (person.stranger()) {
            if (dice.chance(0.5)) {
                ad(dice, null, within(dice, person), null);
            }
            return;
        }
        advertise(dice, person, orders);
        if (dice.chance(0.18)) {
            card(dice, person);
        }
    }

    private void subscribe(Dice dice, Person person, List<Order> orders) {
        boolean imported = dice.chance(0.03);
        Instant requested = imported ? history.start() : within(dice, person);
        Instant in = imported || dice.chance(0.1) ? null : history.past(dice.after(requested, 2 * History.DAY));
        Instant out = in != null && dice.chance(0.22) ? dice.between(in, history.end()) : null;
        if (out != null && dice.chance(0.15)) {
            in = dice.between(out, history.end());
        }
        String email = person.name().email();
        Instant opened = in == null ? null : sends(dice, person, in, out);
        subscribers.add(
                email,
                dice.chance(0.6) ? person.name().full() : null,
                person.culture().language(),
                imported ? "import" : dice.of(List.of("site", "app", "checkout", "fair")),
                requested,
                in,
                out,
                opened);
        if (dice.chance(0.006)) {
            subscribers.add(
                    email.toUpperCase(Locale.ROOT),
                    null,
                    person.culture().language(),
                    "fair",
                    requested,
                    null,
                    null,
                    null);
        }
        if (in != null && dice.chance(0.12)) {
            voucher(dice, email, in, orders);
        }
    }

    /** The issues sent while subscribed; returns when one was last opened. */
    private @Nullable Instant sends(Dice dice, Person person, Instant in, @Nullable Instant out) {
        Instant until = out == null || out.isBefore(in) ? history.end() : out;
        Instant opened = null;
        for (int issue = 1; issue <= ISSUES; issue++) {
            Instant sent = history.start().plus(Duration.ofDays((long) DAYS_BETWEEN_ISSUES * issue));
            if (sent.isBefore(in) || sent.isAfter(until)) {
                continue;
            }
            boolean reads = sent.isBefore(person.stay().lastActive().plus(Duration.ofDays(60))) && dice.chance(0.45);
            Instant read = reads ? history.past(dice.after(sent, 3 * History.DAY)) : null;
            String clicked = read != null && dice.chance(0.3)
                    ? "/p/" + assortment.sold(dice).id()
                    : null;
            sends.add(person.name().email(), issue, sent, read, clicked);
            opened = read == null ? opened : read;
        }
        return opened;
    }

    private void voucher(Dice dice, String email, Instant issued, List<Order> orders) {
        Order redeemed = dice.chance(0.2) ? null : firstAfter(issued, orders);
        vouchers.add(
                "HELLO-" + Long.toString(46_656 + ++lastVoucher, 36).toUpperCase(Locale.ROOT),
                email,
                Assortment.money(1_000),
                issued,
                History.day(issued).plusYears(1),
                redeemed == null ? null : redeemed.id(),
                redeemed == null ? null : redeemed.placed());
    }

    private static @Nullable Order firstAfter(Instant instant, List<Order> orders) {
        for (Order order : orders) {
            if (order.placed().isAfter(instant)) {
                return order;
            }
        }
        return null;
    }

    private void enter(Dice dice, Person person) {
        int draw = 1 + dice.below(Assortment.DRAWS);
        Instant ends = assortment.drawEnds(draw);
        Instant entered = dice.between(ends.minus(Duration.ofDays(60)), history.capped(ends));
        boolean won = dice.chance(0.03) && history.past(ends) != null;
        entries.add(
                ++lastEntry,
                draw,
                Texts.typed(dice, person.name().email()),
                person.name().full(),
                dice.chance(0.4) ? "+331990012" + (10 + dice.below(90)) : null,
                dice.chance(0.8) ? Texts.post(dice, person, "Fjord paddle") : null,
                entered,
                won,
                won ? history.past(ends.plus(Duration.ofDays(9))) : null);
    }

    private void advertise(Dice dice, Person person, List<Order> orders) {
        Instant in = person.choices().ads().in();
        if (in == null) {
            return;
        }
        // Some lists were never told that somebody opted out.
        if (person.choices().ads().given() || dice.chance(0.2)) {
            for (String audience : AUDIENCES) {
                if (dice.chance(0.4)) {
                    audiences.add(
                            Assortment.ADVERTISING_PARTNER,
                            audience,
                            person.id(),
                            hash(person.name().email()),
                            in);
                }
            }
        }
        for (int left = dice.few(2, 15); left > 0; left--) {
            Order bought = orders.isEmpty() || dice.chance(0.9) ? null : orders.getLast();
            ad(dice, person, bought == null ? dice.between(in, history.end()) : bought.placed(), bought);
        }
    }

    private void ad(Dice dice, @Nullable Person person, Instant at, @Nullable Order bought) {
        ads.add(
                ++lastAdEvent,
                Assortment.MEASURING_PARTNER,
                person == null ? null : person.id(),
                dice.of(CAMPAIGNS),
                bought != null ? "bought" : dice.chance(0.8) ? "shown" : "clicked",
                bought == null ? null : bought.id(),
                at);
    }

    private void card(Dice dice, Person person) {
        Instant issued = person.stay().joined();
        cards.add(
                Texts.numbered("4", ++lastCard, 11),
                person.id(),
                person.name().full().toUpperCase(Locale.ROOT),
                dice.few(300, 9_000),
                issued,
                dice.chance(0.8) ? within(dice, person) : null,
                dice.chance(0.9) ? "infinity" : history.end().plus(Duration.ofDays(dice.below(900))));
    }

    private String hash(String email) {
        return HexFormat.of()
                .formatHex(sha256.digest(email.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
    }

    private static Instant within(Dice dice, Person person) {
        return dice.between(person.stay().joined(), person.stay().lastActive());
    }
}
