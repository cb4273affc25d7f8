package dev.kept.server.demo;

import dev.kept.server.demo.Assortment.Product;
import dev.kept.server.demo.Dice.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders of customers and guests, with everything that follows an order. */
final class OrderRows implements Writer {

    private static final int VAT_PERCENT = 19;
    private static final List<String> CARRIERS = List.of("Swiftpost", "Kestrel", "Blue Van");

    private final long seed;
    private final History history;
    private final Assortment assortment;
    private final AccountRows accounts;
    private final People people;
    private long lastOrder;
    private long lastPayment;
    private long lastShipment;
    private long lastReturn;

    private final Rows orders = Rows.of(
            "shop.orders",
            "id, order_no, customer_id, guest_email, guest_name, state, ship_address_id, phone, delivery_note, ip,"
                    + " currency, total, placed_at, delivered_at");
    private final Rows lines =
            Rows.of("shop.order_lines", "order_id, line_no, product_id, quantity, unit_price, gift_message");
    private final Rows checks =
            Rows.of("shop.fraud_checks", "order_id, score, outcome, fingerprint, signals, checked_at");
    private final Rows payments =
            Rows.of("shop.payments", "id, order_id, method, amount, payer_name, account_tail, processor_id, paid_at");
    private final Rows shipments = Rows.of(
            "shop.shipments", "id, order_id, carrier, tracking_no, recipient, left_with, sent_at, delivered_at");
    private final Rows returns =
            Rows.of("shop.returns", "id, order_id, line_no, reason, state, refund, requested_at, settled_at");
    private final Rows exchanges = Rows.of("shop.exchanges", "return_id, replacement_order_id, agreed_at");
    private final Rows invoices =
            Rows.of("shop.invoices", "number, order_id, billed_to, bill_address, net, vat, issued_on");

    OrderRows(long seed, History history, Assortment assortment, AccountRows accounts, People people) {
        this.seed = seed;
        this.history = history;
        this.assortment = assortment;
        this.accounts = accounts;
        this.people = people;
    }

    @Override
    public List<Rows> rows() {
        return List.of(orders, lines, checks, payments, shipments, returns, exchanges, invoices);
    }

    /** A customer's or a guest's orders, the earliest first. */
    List<Order> write(Person person) {
        Dice dice = new Dice(seed, person.stranger() ? -person.id() : person.id(), Topic.ORDERS);
        List<Instant> times = new ArrayList<>();
        for (int left = howMany(dice, person); left > 0; left--) {
            times.add(dice.between(person.stay().joined(), person.stay().lastActive()));
        }
        times.sort(Instant::compareTo);
        List<Order> placed = new ArrayList<>();
        for (Instant time : times) {
            placed.add(order(dice, person, time));
        }
        return placed;
    }

    private static int howMany(Dice dice, Person person) {
        if (person.stranger()) {
            return dice.chance(0.5) ? 1 + dice.few(0.2, 2) : 0;
        }
        return dice.chance(0.02) ? 6 + dice.few(12, 90) : dice.few(1.3, 12);
    }

    private Order order(Dice dice, Person person, Instant placed) {
        String state = state(dice, placed);
        Instant delivered = state.equals("delivered") || state.equals("returned")
                ? history.capped(dice.after(placed.plus(Duration.ofDays(2)), 5 * History.DAY))
                : null;
        Head head = new Head(++lastOrder, person, placed, delivered, state, Assortment.Currency.of(person.culture()));
        Basket basket = basket(dice, head);
        order(dice, head, basket.total());
        if (dice.chance(0.35)) {
            check(dice, head);
        }
        if (!state.equals("open") && !state.equals("cancelled")) {
            payments(dice, head, basket.total());
        }
        if (delivered != null || state.equals("shipped")) {
            sent(dice, head, basket.total());
        }
        if (delivered != null && state.equals("returned")) {
            returned(dice, head, basket, delivered);
        }
        return new Order(head.id(), placed, delivered, basket.first());
    }

    /** Most of an order. */
    private record Head(
            long id,
            Person person,
            Instant placed,
            @Nullable Instant delivered,
            String state,
            Assortment.Currency currency) {}

    private record Basket(long total, Product first, long firstPrice) {}

    private String state(Dice dice, Instant placed) {
        long days = Duration.between(placed, history.end()).toDays();
        double fate = dice.unit();
        if (days < 1 || fate < 0.006) {
            return "open";
        }
        if (days < 3 || fate < 0.01) {
            return "paid";
        }
        if (days < 8 || fate < 0.013) {
            return "shipped";
        }
        return fate < 0.04 ? "cancelled" : fate < 0.1 ? "returned" : "delivered";
    }

    private Basket basket(Dice dice, Head head) {
        int count = 1 + dice.few(0.9, 8);
        long total = 0;
        Product first = assortment.sold(dice);
        Product product = first;
        for (int line = 1; line <= count; line++) {
            int quantity = 1 + dice.few(0.4, 6);
            long price = head.currency().cents(product.cents());
            lines.add(head.id(), line, product.id(), quantity, Assortment.money(price), gift(dice, head.person()));
            total += quantity * price;
            product = assortment.sold(dice);
        }
        return new Basket(total, first, head.currency().cents(first.cents()));
    }

    private String gift(Dice dice, Person person) {
        return dice.chance(0.06)
                ? Texts.fill(dice, person, dice.of(person.culture().phrases().gifts()), "")
                : "";
    }

    private void order(Dice dice, Head head, long total) {
        Person person = head.person();
        boolean guest = person.stranger();
        Long second = accounts.secondAddress(person);
        Long address = second != null && dice.chance(0.4) ? second : accounts.mainAddress(person);
        orders.add(
                head.id(),
                Texts.numbered("L" + History.day(head.placed()).getYear() + "-", head.id(), 8),
                guest ? null : person.id(),
                guest ? Texts.typed(dice, person.name().email()) : null,
                guest ? person.name().full() : null,
                head.state(),
                guest || dice.chance(0.92) ? address : null,
                dice.chance(0.3) ? "+4930231255" + (10 + dice.below(90)) : null,
                dice.chance(0.2)
                        ? Texts.fill(
                                dice, person, dice.of(person.culture().phrases().notes()), "")
                        : "",
                dice.chance(0.95) ? Texts.address(dice) : null,
                head.currency(),
                Assortment.money(total),
                head.placed(),
                head.delivered());
    }

    private void check(Dice dice, Head head) {
        int score = dice.few(14, 100);
        checks.add(
                head.id(),
                score,
                score < 40 ? "pass" : score < 70 ? "look" : "stop",
                dice.chance(0.8) ? Long.toHexString(dice.bits()) : null,
                "{\"ip\":\"" + Texts.address(dice) + "\",\"firstOrder\":" + dice.chance(0.3) + "}",
                history.capped(head.placed().plusSeconds(2)));
    }

    private void payments(Dice dice, Head head, long total) {
        boolean voucher = total > 2_000 && dice.chance(0.03);
        payment(
                dice,
                head,
                voucher ? total - 1_000 : total,
                dice.of(List.of("card", "transfer", "direct-debit", "wallet")));
        if (voucher) {
            payment(dice, head, 1_000, "voucher");
        }
    }

    private void payment(Dice dice, Head head, long amount, String method) {
        String payer = dice.chance(0.05)
                ? people.earlier(dice, head.person()).name().full()
                : head.person().name().full();
        payments.add(
                ++lastPayment,
                head.id(),
                method,
                Assortment.money(amount),
                payer,
                method.equals("card") || method.equals("direct-debit") ? String.valueOf(1000 + dice.below(9000)) : null,
                "pi_" + Long.toString(lastPayment, 36) + "-" + Integer.toString(dice.below(1 << 30), 36),
                history.capped(dice.after(head.placed(), History.DAY)));
    }

    private void sent(Dice dice, Head head, long total) {
        Person person = head.person();
        long net = total * 100 / (100 + VAT_PERCENT);
        Instant sent = history.capped(dice.after(head.placed(), 2 * History.DAY));
        shipments.add(
                ++lastShipment,
                head.id(),
                dice.of(CARRIERS),
                Texts.numbered("LG", lastShipment, 10),
                person.name().full(),
                dice.chance(0.08) ? people.earlier(dice, person).name().full() : null,
                sent,
                head.delivered());
        invoices.add(
                Texts.numbered("R" + History.day(sent).getYear() + "-", head.id(), 8),
                head.id(),
                person.name().full(),
                people.home(person).block(person.name().full()),
                Assortment.money(net),
                Assortment.money(total - net),
                History.day(sent));
    }

    private void returned(Dice dice, Head head, Basket basket, Instant delivered) {
        Instant asked = history.capped(dice.after(delivered, 14 * History.DAY));
        Instant settled = history.past(dice.after(asked, 10 * History.DAY));
        Instant exchanged = dice.chance(0.3) ? settled : null;
        String outcome = exchanged != null ? "exchanged" : dice.chance(0.9) ? "refunded" : "refused";
        String state = settled == null ? dice.of(List.of("asked", "received")) : outcome;
        returns.add(
                ++lastReturn,
                head.id(),
                1,
                dice.chance(0.7)
                        ? Texts.post(dice, head.person(), basket.first().title())
                        : null,
                state,
                state.equals("refunded") ? Assortment.money(basket.firstPrice()) : null,
                asked,
                settled);
        if (exchanged != null) {
            boolean another = dice.chance(0.85);
            exchanges.add(lastReturn, another ? replacement(dice, head, basket, exchanged) : null, exchanged);
        }
    }

    private long replacement(Dice dice, Head head, Basket basket, Instant agreed) {
        Instant delivered = history.past(agreed.plus(Duration.ofDays(3)));
        Head again = new Head(
                ++lastOrder,
                head.person(),
                agreed,
                delivered,
                delivered == null ? "shipped" : "delivered",
                head.currency());
        lines.add(again.id(), 1, basket.first().id(), 1, Assortment.money(0), "");
        order(dice, again, 0);
        return again.id();
    }
}
