package dev.kept.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.model.Model;
import dev.kept.core.source.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which schemas leave no correct plan, what is said of them, and that what is said to try helps. */
class RefusedPlansTest {

    private static final String MESSAGES = """
            collects: [name, note]
            notice: |
              uses:
                mail: {basis: contract, data: [name], ends: [{after: message.sent, for: 2 years}]}
                messages: {basis: contract, data: [note], ends: [{after: message.sent, for: 1 year}]}
            map: |
              tables:
                users:
                  person: {user: {key: id}}
                  uses: [mail]
                  events: {user.joined: joined}
                  columns: {name: name, joined: not-personal}
                messages:
                  belongs-to: {sender: {person: user, via: sender_id}, recipient: {person: user, via: recipient_id}}
                  uses: [messages]
                  events: {message.sent: {at: sent, dates: [users]}}
                  columns: {sent: not-personal, text: note}
            schema:
              users: {id: bigint key, name: text, joined: date not null}
              messages: {id: bigint key, sender_id: bigint not null -> users, recipient_id: bigint not null -> users, sent: date not null, text: text}
            examples: [{name: any, at: 2027-06-01, given: {users: []}, after: {}}]
            """;

    private static final String COMMENTS = """
            collects: [name, note]
            notice: |
              uses:
                forum: {basis: contract, data: [name], ends: [{after: comment.written, for: 2 years}]}
                comments: {basis: contract, data: [note], ends: [{after: comment.written, for: 1 year}]}
            map: |
              tables:
                users:
                  person: {user: {key: id}}
                  uses: [forum]
                  columns: {name: name}
                comments:
                  belongs-to: {author: {person: user, via: user_id}}
                  replies: {via: parent_id, delete: branch}
                  uses: [comments]
                  events: {comment.written: {at: written, dates: [users]}}
                  columns: {written: not-personal, text: note}
            schema:
              users: {id: bigint key, name: text}
              comments: {id: bigint key, user_id: bigint not null -> users, parent_id: bigint -> comments, written: date not null, text: text}
            examples: [{name: any, at: 2027-06-01, given: {users: []}, after: {}}]
            """;

    @Test
    void a_row_that_may_be_the_last_to_date_two_others_is_refused_with_both_named() {
        assertThat(refusals(MESSAGES)).singleElement().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo("shared-clock");
            assertThat(refusal.message())
                    .contains(
                            "a row of `messages` may be the last to say when `message.sent` was for two rows",
                            "of `users` (by `messages.sender_id`)",
                            "of `users` (by `messages.recipient_id`)",
                            "nothing else says when `uses.mail` ended for them");
            assertThat(refusal.attempt()).contains("`{after: message.sent, else: …}`", "say `absent: never`");
        });
    }

    @Test
    void a_date_to_fall_back_on_or_a_word_on_what_absence_means_lets_the_plan_run() {
        assertThat(refusals(MESSAGES.replace(
                        "[{after: message.sent, for: 2 years}]",
                        "[{after: message.sent, else: user.joined, for: 2 years}]")))
                .isEmpty();
        assertThat(refusals(MESSAGES.replace("dates: [users]", "dates: [users], absent: never")))
                .isEmpty();
    }

    @Test
    void a_way_less_lets_the_plan_run_although_the_row_refers_to_both() {
        assertThat(refusals(MESSAGES.replace(", recipient: {person: user, via: recipient_id}", "")))
                .isEmpty();
    }

    @Test
    void where_the_earliest_counts_the_latest_is_what_to_try() {
        assertThat(refusals(MESSAGES.replace("dates: [users]", "dates: [users], take: earliest, absent: never")))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.attempt()).contains("take `take: earliest` from"));
    }

    @Test
    void a_tree_that_loses_branches_and_dates_persons_is_refused_and_one_that_loses_authors_is_not() {
        assertThat(refusals(COMMENTS)).singleElement().satisfies(refusal -> {
            assertThat(refusal.message()).startsWith("rows of `comments` hang on each other (`parent_id`)");
            assertThat(refusal.attempt()).endsWith("or say `replies: {delete: author}`");
        });
        assertThat(refusals(COMMENTS.replace("delete: branch", "delete: author")))
                .isEmpty();
    }

    @Test
    void rows_of_a_table_that_must_refer_to_each_other_and_date_persons_are_refused() {
        String text = COMMENTS.replace("      replies: {via: parent_id, delete: branch}\n", "")
                .replace("parent_id: bigint -> comments", "parent_id: bigint not null -> comments");
        assertThat(refusals(text))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.attempt()).endsWith("or let `parent_id` be NULL"));
    }

    private static List<Problem> refusals(String text) {
        Model.Question question = RuleExamples.read("refused", text).getFirst().question();
        return MemorySweep.planned(question, List.of()).refusals();
    }
}
