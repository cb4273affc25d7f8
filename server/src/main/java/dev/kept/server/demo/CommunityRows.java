package dev.kept.server.demo;

import dev.kept.server.demo.Assortment.Product;
import dev.kept.server.demo.Dice.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What customers do with each other: lists, posts and answers, messages, testimonials. */
final class CommunityRows implements Writer {

    /** Posts somebody may still answer. */
    private static final int TALKED_ABOUT = 64;

    private static final int TRIES = 4;

    private final long seed;
    private final History history;
    private final Assortment assortment;
    private final People people;
    private final List<Post> recent = new ArrayList<>();
    private long lastList;
    private long lastPost;
    private long lastMessage;
    private long lastTestimonial;

    private final Rows lists = Rows.of("shop.wishlists", "id, owner_id, title, link_token, updated_at");
    private final Rows items = Rows.of("shop.wishlist_items", "wishlist_id, product_id, added_by_id, note, added_at");
    private final Rows shares = Rows.of("shop.wishlist_shares", "wishlist_id, customer_id, shared_at");
    private final Rows alerts = Rows.of("shop.stock_alerts", "product_id, email, asked_at, notified_at");
    private final Rows posts = Rows.of(
            "shop.product_posts",
            "id, product_id, parent_id, author_id, kind, stars, body, photos, posted_at, removed_at");
    private final Rows messages =
            Rows.of("shop.messages", "id, sender_id, recipient_id, sender_name, subject, body, sent_at, read_at");
    private final Rows testimonials = Rows.of(
            "shop.testimonials",
            "id, customer_id, product_id, author_name, place, contact, body, consented_at, withdrawn_at, published");

    private record Post(long id, int product, String kind, Instant posted) {}

    CommunityRows(long seed, History history, Assortment assortment, People people) {
        this.seed = seed;
        this.history = history;
        this.assortment = assortment;
        this.people = people;
    }

    @Override
    public List<Rows> rows() {
        return List.of(lists, items, shares, alerts, posts, messages, testimonials);
    }

    /** Returns the number of the last post the person wrote, if any. */
    @Nullable
    Long write(Person person) {
        Dice dice = new Dice(seed, person.stranger() ? -person.id() : person.id(), Topic.COMMUNITY);
        if (dice.chance(0.08)) {
            alert(dice, person);
        }
        if (dice.chance(0.02)) {
            testimonial(dice, person);
        }
        if (person.stranger()) {
            return null;
        }
        if (dice.chance(0.2)) {
            list(dice, person);
        }
        Long post = null;
        for (int left = dice.few(0.5, 8); left > 0; left--) {
            post = post(dice, person);
        }
        Instant agreed = person.choices().messaging().in();
        if (agreed != null) {
            for (int left = dice.few(1.8, 20); left > 0; left--) {
                message(dice, person, agreed);
            }
        }
        return post;
    }

    private void list(Dice dice, Person person) {
        long id = ++lastList;
        Instant made = within(dice, person);
        lists.add(id, person.id(), "for " + person.name().given(), token(dice, id), made);
        List<Person> others = sharers(dice, person);
        for (Person other : others) {
            shares.add(id, other.id(), history.capped(dice.after(made, 20 * History.DAY)));
        }
        Set<Integer> wished = new LinkedHashSet<>();
        for (int left = 1 + dice.few(2.5, 20); left > 0; left--) {
            wished.add(assortment.sold(dice).id());
        }
        for (Integer product : wished) {
            Person by = others.isEmpty() || dice.chance(0.7) ? person : others.getFirst();
            String note = dice.chance(0.2)
                    ? Texts.fill(dice, by, dice.of(by.culture().phrases().gifts()), "")
                    : null;
            items.add(id, product, by.id(), note, made);
        }
    }

    private static @Nullable String token(Dice dice, long id) {
        return dice.chance(0.3) ? Long.toString(id, 36) + "-" + Long.toUnsignedString(dice.bits(), 36) : null;
    }

    /** The household's first customer, and now and then somebody else. */
    private List<Person> sharers(Dice dice, Person person) {
        List<Person> others = new ArrayList<>();
        if (person.head() != person.id()) {
            others.add(people.customer(person.head()));
        }
        if (person.id() > 1 && dice.chance(0.25)) {
            Person friend = people.earlier(dice, person);
            if (friend.id() != person.head()) {
                others.add(friend);
            }
        }
        return others;
    }

    private void alert(Dice dice, Person person) {
        Instant asked = within(dice, person);
        Instant notified = dice.chance(0.6) ? history.past(dice.after(asked, 60 * History.DAY)) : null;
        alerts.add(assortment.sold(dice).id(), Texts.typed(dice, person.name().email()), asked, notified);
    }

    private long post(Dice dice, Person person) {
        Post parent = talkedAbout(dice, person);
        Instant from = parent == null
                ? person.stay().joined()
                : later(parent.posted(), person.stay().joined());
        Product product = assortment.sold(dice);
        boolean review = parent == null && dice.chance(0.5);
        String kind = parent == null
                ? review ? "review" : "question"
                : parent.kind().equals("question") ? "answer" : "comment";
        Post post = new Post(
                ++lastPost,
                parent == null ? product.id() : parent.product(),
                kind,
                history.capped(dice.between(from, person.stay().lastActive()).plusSeconds(60)));
        boolean anonymous = dice.chance(0.01);
        posts.add(
                post.id(),
                post.product(),
                parent == null ? null : parent.id(),
                anonymous ? null : person.id(),
                kind,
                review ? 1 + dice.below(5) : null,
                Texts.post(dice, person, product.title()),
                dice.chance(0.1) ? "{photos/" + post.id() + "-1.jpg,photos/" + post.id() + "-2.jpg}" : "{}",
                post.posted(),
                dice.chance(0.03) ? history.past(dice.after(post.posted(), 90 * History.DAY)) : null);
        if (recent.size() < TALKED_ABOUT) {
            recent.add(post);
        } else {
            recent.set((int) (post.id() % TALKED_ABOUT), post);
        }
        return post.id();
    }

    /** A post the person may have seen and answers; null: starts anew. */
    private @Nullable Post talkedAbout(Dice dice, Person person) {
        if (recent.isEmpty() || dice.chance(0.4)) {
            return null;
        }
        Post post = recent.get(dice.below(recent.size()));
        return post.posted().isAfter(person.stay().lastActive()) ? null : post;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void message(Dice dice, Person person, Instant agreed) {
        Person other = partner(dice, person);
        if (other == null) {
            return;
        }
        // The earlier customer answers as often as the later one writes.
        boolean answer = dice.chance(0.45);
        Person sender = answer ? other : person;
        Person recipient = answer ? person : other;
        Instant both = later(
                agreed,
                other.choices().messaging().in() == null
                        ? agreed
                        : other.choices().messaging().in());
        if (both.isAfter(sender.stay().lastActive())) {
            return;
        }
        Instant sent = dice.between(both, sender.stay().lastActive());
        String body = Texts.fill(
                dice,
                sender,
                dice.of(sender.culture().phrases().messages()),
                assortment.sold(dice).title());
        messages.add(
                ++lastMessage,
                sender.id(),
                dice.chance(0.01) ? null : recipient.id(),
                sender.name().given(),
                dice.chance(0.5) ? assortment.sold(dice).title() : null,
                body,
                sent,
                dice.chance(0.8) ? history.past(dice.after(sent, 3 * History.DAY)) : null);
    }

    private @Nullable Person partner(Dice dice, Person person) {
        for (int i = 0; i < TRIES && person.id() > 1; i++) {
            Person other = people.earlier(dice, person);
            if (other.choices().messaging().given() && other.stay().left() == null) {
                return other;
            }
        }
        return null;
    }

    private void testimonial(Dice dice, Person person) {
        Instant consented = within(dice, person);
        Product product = assortment.sold(dice);
        Instant withdrawn = dice.chance(0.1) ? history.past(dice.after(consented, 300 * History.DAY)) : null;
        testimonials.add(
                ++lastTestimonial,
                person.stranger() ? null : person.id(),
                dice.chance(0.6) ? product.id() : null,
                person.name().full(),
                dice.chance(0.9) ? people.home(person).city().name() : null,
                person.name().email(),
                Texts.fill(dice, person, dice.of(person.culture().phrases().testimonials()), product.title()),
                consented,
                withdrawn,
                withdrawn == null && dice.chance(0.8));
    }

    private static Instant within(Dice dice, Person person) {
        return dice.between(person.stay().joined(), person.stay().lastActive());
    }
}
