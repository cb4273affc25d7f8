package dev.kept.server.demo;

import dev.kept.server.demo.Dice.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is sold, and everything else in the database that does not depend on the customers. */
final class Assortment {

    private static final Map<String, List<String>> THINGS = new java.util.TreeMap<>(Map.of(
            "Tents", List.of("ridge tent", "bell tent", "tarp", "bivvy bag"),
            "Packs", List.of("day pack", "trekking pack", "dry bag", "bike pannier"),
            "Cooking", List.of("camp stove", "cast-iron pan", "kettle", "enamel mug"),
            "Light", List.of("head torch", "lantern", "candle set"),
            "Garden", List.of("hammock", "fire bowl", "bird feeder", "watering can"),
            "Home", List.of("wool blanket", "linen towel", "door mat", "oak shelf"),
            "Water", List.of("folding canoe", "paddle", "life vest")));
    private static final List<String> MAKES =
            List.of("Alder", "Birch", "Cairn", "Dune", "Ember", "Fjord", "Grove", "Heath", "Isle", "Juniper");
    private static final List<String> WAREHOUSES = List.of("Bremen", "Poznań");
    private static final List<Partner> PARTNERS = List.of(
            new Partner("Larkfield Stores GmbH", "affiliate"),
            new Partner("Hillcraft Huts", "business-partner"),
            new Partner("Adbarn", "advertising"),
            new Partner("Tallyho", "measuring"));
    static final int ADVERTISING_PARTNER = 3;
    static final int MEASURING_PARTNER = 4;
    static final int DRAWS = 6;

    private record Partner(String name, String kind) {}

    /** @param cents its price in euro cents */
    record Product(int id, String title, long cents) {}

    private final List<Product> products = new ArrayList<>();
    private final History history;
    private final Dice dice;
    private final int staff;

    Assortment(long seed, long customers, History history) {
        this.history = history;
        this.dice = new Dice(seed, 0, Topic.ASSORTMENT);
        this.staff = (int) Math.min(12 + customers / 5_000, 200);
        for (List<String> things : THINGS.values()) {
            for (String thing : things) {
                for (String make : MAKES) {
                    products.add(new Product(products.size() + 1, make + " " + thing, 495 + 100L * dice.few(60, 400)));
                }
            }
        }
    }

    /** Some sell much better than others. */
    Product sold(Dice byWhom) {
        return products.get(byWhom.few(products.size() / 4.0, products.size() - 1));
    }

    int staff(Dice byWhom) {
        return 1 + byWhom.below(staff);
    }

    static BigDecimal money(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    java.time.Instant drawEnds(int draw) {
        return history.start().plus(Duration.ofDays(185L * draw));
    }

    List<Rows> rows() {
        List<Rows> all = new ArrayList<>(catalogue());
        all.addAll(house());
        return all;
    }

    private List<Rows> catalogue() {
        Rows categories = Rows.of("shop.categories", "id, parent_id, slug, title");
        Rows articles = Rows.of("shop.products", "id, category_id, sku, title, weight_g, released_on");
        Rows prices = Rows.of("shop.prices", "product_id, currency, valid_from, amount");
        Rows stock = Rows.of("shop.stock", "product_id, warehouse, quantity, counted_at");
        categories.add(1, null, "all", "Everything");
        int product = 0;
        int category = 1;
        for (Map.Entry<String, List<String>> entry : THINGS.entrySet()) {
            category++;
            categories.add(category, 1, entry.getKey().toLowerCase(Locale.ROOT), entry.getKey());
            for (int i = 0; i < entry.getValue().size() * MAKES.size(); i++) {
                article(articles, prices, stock, category, products.get(product++));
            }
        }
        return List.of(categories, articles, prices, stock);
    }

    private void article(Rows articles, Rows prices, Rows stock, int category, Product product) {
        String sku = Texts.numbered("LG-", product.id(), 5);
        articles.add(
                product.id(), category, sku, product.title(), 50 + dice.few(900, 30_000), History.day(history.start()));
        for (Currency currency : Currency.values()) {
            long now = currency.cents(product.cents());
            prices.add(product.id(), currency, History.day(history.start()), money(Math.max(1, now - now / 20)));
            prices.add(product.id(), currency, History.day(history.start()).plusYears(1), money(now));
        }
        for (String warehouse : WAREHOUSES) {
            stock.add(product.id(), warehouse, dice.few(40, 2_000), history.end());
        }
    }

    private List<Rows> house() {
        Rows people =
                Rows.of("crm.staff", "id, full_name, email, phone, manager_id, joined_on, left_on, last_signed_in_at");
        List<Culture> cultures = Culture.all();
        for (int id = 1; id <= staff; id++) {
            Culture culture = dice.of(cultures);
            Culture.Spelling given = dice.of(culture.given());
            Culture.Spelling family = dice.of(culture.family());
            boolean left = id % 6 == 5;
            var until = left ? dice.between(history.start(), history.end()) : history.end();
            people.add(
                    id,
                    culture.fullName(given.name(), family.name()),
                    given.latin() + id + "@larkfield.example",
                    dice.chance(0.5) ? "+4930231254" + (10 + dice.below(90)) : null,
                    id == 1 ? null : 1 + dice.below(Math.min(id - 1, 4)),
                    History.day(history.start()).minusDays(dice.below(2_000)),
                    left ? History.day(until) : "9999-12-31",
                    id % 9 == 4 ? null : until.minusSeconds(dice.below(5 * History.DAY)));
        }
        Rows partners = Rows.of("crm.partners", "id, name, kind, since_on");
        for (int id = 1; id <= PARTNERS.size(); id++) {
            Partner partner = PARTNERS.get(id - 1);
            partners.add(id, partner.name(), partner.kind(), History.day(history.start()));
        }
        Rows draws = Rows.of("crm.prize_draws", "id, title, prize, ends_at");
        for (int id = 1; id <= DRAWS; id++) {
            draws.add(id, "Draw " + id, products.get(id * 7).title(), drawEnds(id));
        }
        return List.of(people, partners, draws);
    }

    /** The currencies of the prices, with their rate to the euro. */
    enum Currency {
        EUR(100),
        DKK(746),
        PLN(430),
        JPY(16_000);

        private final long hundredths;

        Currency(long hundredths) {
            this.hundredths = hundredths;
        }

        static Currency of(Culture culture) {
            return switch (culture.country()) {
                case "PL" -> PLN;
                case "JP" -> JPY;
                default -> EUR;
            };
        }

        long cents(long euroCents) {
            return euroCents * hundredths / 100;
        }
    }
}
