package dev.kept.server.demo;

import java.util.ArrayList;
import java.util.List;

/** Everybody and everything they do, batch after batch; not for two threads at once. */
final class Crowd {

    /** Customers whose rows are held in memory at a time. */
    private static final int BATCH = 2_000;

    private final long customers;
    private final People people;
    private final Assortment assortment;
    private final AccountRows accounts;
    private final OrderRows orders;
    private final CommunityRows community;
    private final MarketingRows marketing;
    private final SupportRows support;
    private final LogRows logs;
    private final List<Rows> tables = new ArrayList<>();
    private long made;

    Crowd(ShopGenerator.Settings settings, History history) {
        long seed = settings.seed();
        customers = settings.customers();
        people = new People(seed, customers, history);
        assortment = new Assortment(seed, customers, history);
        accounts = new AccountRows(seed, customers, people);
        orders = new OrderRows(seed, history, assortment, accounts, people);
        community = new CommunityRows(seed, history, assortment, people);
        marketing = new MarketingRows(seed, history, assortment);
        support = new SupportRows(seed, history, assortment, people);
        logs = new LogRows(seed, history);
        tables.addAll(assortment.rows());
        for (Writer writer : List.of(accounts, orders, community, marketing, support, logs)) {
            tables.addAll(writer.rows());
        }
    }

    long customers() {
        return customers;
    }

    /** Customers in the batches so far. */
    long made() {
        return made;
    }

    /** The rows of the next customers, with the assortment before the first; empty when everybody has come. */
    List<Rows.Chunk> next() {
        for (long upTo = Math.min(made + BATCH, customers); made < upTo; ) {
            customer(people.customer(++made));
            people.stranger(made).ifPresent(this::stranger);
        }
        return tables.stream().filter(rows -> !rows.isEmpty()).map(Rows::take).toList();
    }

    private void customer(Person person) {
        accounts.write(person);
        follow(person, orders.write(person));
    }

    private void stranger(Person person) {
        List<Order> placed = orders.write(person);
        // Some fill in an address and never order: it is owned by nobody.
        if (!placed.isEmpty() || person.id() % 50 == 0) {
            accounts.writeStranger(person);
        }
        follow(person, placed);
    }

    private void follow(Person person, List<Order> placed) {
        support.write(person, placed, community.write(person));
        marketing.write(person, placed);
        logs.write(person);
    }
}
