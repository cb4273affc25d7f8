package dev.kept.server.demo;

import dev.kept.server.demo.Dice.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the company writes to people and they to it: feedback, tickets, notices, cases about conduct and of the law. */
final class SupportRows implements Writer {

    private static final int SUBJECTS_A_REQUEST = 3;
    private static final int CUSTOMERS_A_REQUEST = 400;

    private final long seed;
    private final History history;
    private final Assortment assortment;
    private final People people;
    private long lastFeedback;
    private long lastTicket;
    private long lastCase;
    private long lastRequest;

    private final Rows feedback =
            Rows.of("crm.feedback_requests", "id, customer_id, order_id, asked_at, answered_at, score, remark");
    private final Rows tickets = Rows.of(
            "crm.tickets", "id, customer_id, email, order_id, subject, state, assigned_to_id, opened_at, closed_at");
    private final Rows letters = Rows.of("crm.ticket_messages", "ticket_id, seq, staff_id, body, sent_at");
    private final Rows notices = Rows.of("crm.notices_sent", "customer_id, notice, kind, sent_to, sent_at");
    private final Rows cases = Rows.of(
            "crm.conduct_cases",
            "id, customer_id, reported_by_id, post_id, kind, note, decided_by_id, opened_at, closed_at");
    private final Rows requests =
            Rows.of("audit.legal_requests", "id, reference, authority, handled_by_id, received_at, answered_at");
    private final Rows subjects =
            Rows.of("audit.legal_request_subjects", "request_id, customer_id, disclosed, named_at");

    /** A notice to many: when, and what share of the customers of that day got it. */
    private record Notice(String name, String kind, int daysAgo, double share) {}

    private static final List<Notice> NOTICES = List.of(
            new Notice("terms-4", "terms", 800, 1),
            new Notice("privacy-2", "privacy", 420, 1),
            new Notice("routes-in-the-app", "feature", 240, 0.3),
            new Notice("recall-ember-stove", "recall", 130, 0.04),
            new Notice("passwords-reset", "security", 60, 0.05));

    SupportRows(long seed, History history, Assortment assortment, People people) {
        this.seed = seed;
        this.history = history;
        this.assortment = assortment;
        this.people = people;
    }

    @Override
    public List<Rows> rows() {
        return List.of(feedback, tickets, letters, notices, cases, requests, subjects);
    }

    void write(Person person, List<Order> orders, @Nullable Long lastPost) {
        Dice dice = new Dice(seed, person.stranger() ? -person.id() : person.id(), Topic.SUPPORT);
        for (int left = dice.chance(0.1) ? 1 + dice.few(0.5, 4) : 0; left > 0; left--) {
            ticket(dice, person, orders.isEmpty() || dice.chance(0.4) ? null : dice.of(orders));
        }
        if (person.stranger()) {
            return;
        }
        for (Order order : orders) {
            if (order.delivered() != null && dice.chance(0.2)) {
                feedback(dice, person, order, order.delivered());
            }
        }
        for (Notice notice : NOTICES) {
            if (dice.chance(notice.share())) {
                notice(person, notice);
            }
        }
        if (person.id() > 1 && dice.chance(0.006)) {
            conduct(dice, person, lastPost);
        }
        if (person.id() % CUSTOMERS_A_REQUEST == 2) {
            request(dice, person);
        }
    }

    private void feedback(Dice dice, Person person, Order order, Instant delivered) {
        Instant asked = delivered.plus(Duration.ofDays(5));
        Instant objected = person.choices().feedbackObjected();
        if (history.future(asked) || (objected != null && objected.isBefore(asked))) {
            return;
        }
        Instant answered = dice.chance(0.4) ? history.past(dice.after(asked, 9 * History.DAY)) : null;
        feedback.add(
                ++lastFeedback,
                person.id(),
                dice.chance(0.9) ? order.id() : null,
                asked,
                answered,
                answered == null ? null : dice.below(11),
                answered != null && dice.chance(0.3)
                        ? Texts.post(dice, person, order.product().title())
                        : null);
    }

    private void ticket(Dice dice, Person person, @Nullable Order order) {
        Instant from = order == null ? person.stay().joined() : order.placed();
        Instant opened = history.capped(dice.after(from, 20 * History.DAY));
        Instant closed = dice.chance(0.93) ? history.past(dice.after(opened, 12 * History.DAY)) : null;
        String thing =
                order == null ? assortment.sold(dice).title() : order.product().title();
        tickets.add(
                ++lastTicket,
                person.stranger() || dice.chance(0.1) ? null : person.id(),
                Texts.typed(dice, person.name().email()),
                order == null ? null : order.id(),
                Texts.ticket(dice, person, thing),
                closed == null ? dice.of(List.of("new", "open", "waiting")) : "closed",
                dice.chance(0.9) ? assortment.staff(dice) : null,
                opened,
                closed);
        Instant written = opened;
        int count = 1 + dice.few(1.6, 8);
        for (int seq = 1; seq <= count; seq++) {
            boolean answer = seq % 2 == 0;
            letters.add(
                    lastTicket,
                    seq,
                    answer ? assortment.staff(dice) : null,
                    answer
                            ? "Hello " + person.name().given() + ", we look into it."
                            : Texts.ticket(dice, person, thing),
                    written);
            written = history.capped(dice.after(written, History.DAY));
        }
    }

    private void notice(Person person, Notice notice) {
        Instant sent = history.end().minus(Duration.ofDays(notice.daysAgo()));
        Instant left = person.stay().left();
        if (person.stay().joined().isBefore(sent) && (left == null || left.isAfter(sent))) {
            notices.add(person.id(), notice.name(), notice.kind(), person.name().email(), sent);
        }
    }

    private void conduct(Dice dice, Person person, @Nullable Long post) {
        Instant opened = dice.between(person.stay().joined(), history.end());
        Instant closed = dice.chance(0.85) ? history.past(dice.after(opened, 30 * History.DAY)) : null;
        cases.add(
                ++lastCase,
                person.id(),
                dice.chance(0.6) ? people.earlier(dice, person).id() : null,
                post,
                dice.of(List.of("spam", "insult", "misuse", "chargeback")),
                dice.chance(0.8) ? Texts.post(dice, person, "") : "",
                closed == null ? null : assortment.staff(dice),
                opened,
                closed);
    }

    private void request(Dice dice, Person person) {
        Instant received = dice.between(person.stay().joined(), history.end());
        requests.add(
                ++lastRequest,
                "AZ " + (100 + dice.below(900)) + "/" + lastRequest,
                dice.of(List.of("District Court", "Revenue Office", "Public Prosecutor")),
                dice.chance(0.9) ? assortment.staff(dice) : null,
                received,
                history.past(dice.after(received, 30 * History.DAY)));
        long first = Math.max(1, person.id() - dice.below(SUBJECTS_A_REQUEST));
        for (long subject = first; subject <= person.id(); subject++) {
            subjects.add(lastRequest, subject, dice.chance(0.5) ? "name and orders" : "", received);
        }
    }
}
