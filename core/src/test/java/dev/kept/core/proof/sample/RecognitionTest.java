package dev.kept.core.proof.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.Documents;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecognitionTest {

    private static final Notice NOTICE =
            NoticeReader.read(Documents.good("notice.yaml")).value().orElseThrow();

    private final Recognition recognition = Recognition.of(NOTICE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anna@example.org | EMAIL",
                "o.b-r+x@mail.example.co.uk | EMAIL",
                "DE89 3704 0044 0532 0130 00 | IBAN",
                "GB82WEST12345698765432 | IBAN",
                "NO9386011117947 | IBAN",
                "4111 1111 1111 1111 | CARD",
                "5555555555554444 | CARD",
                "3782-822463-10005 | CARD",
                "+49 30 901820 | PHONE",
                "+1 (555) 010-9999 | PHONE",
                "030/9018-2000 | PHONE",
                "192.168.0.17 | IP_ADDRESS",
                "2001:db8::8a2e:370:7334 | IP_ADDRESS",
                "52.5200, 13.4050 | POSITION",
                "(13.40495,52.52001) | POSITION"
            })
    void a_value_is_known_by_its_form_and_its_check_digits(String value, Likeness likeness) {
        assertThat(recognition.in(value).whole()).contains(likeness);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "4111 1111 1111 1112",
                "DE89 3704 0044 0532 0130 01",
                "XX89 3704 0044 0532 0130 00",
                "4006381333931",
                "10:30:15",
                "2026-05-01 10:30:15.123456+02",
                "00:1b:44:11:3a:b7",
                "::",
                "256.1.1.1",
                "1.2.3",
                "anna@localhost",
                "@anna",
                "5, 10",
                "95.1234, 13.4050",
                "20260501",
                "0123",
                "erased-0123456789abcdef0123456789abcdef",
                "c7d0b8e8-5b1f-4f0e-9d8e-0a1b2c3d4e5f"
            })
    void what_only_resembles_it_is_not(String value) {
        assertThat(recognition.in(value).within()).isEmpty();
    }

    @Test
    void what_is_sure_is_found_within_a_text_too() {
        Recognition.Found found = recognition.in("Call anna@example.org, she pays from DE89 3704 0044 0532 0130 00.");

        assertThat(found.whole()).isEmpty();
        assertThat(found.within()).isEqualTo(Set.of(Likeness.EMAIL, Likeness.IBAN));
    }

    @Test
    void the_companys_own_mailboxes_are_nobodys() {
        String domain = NOTICE.contact().email().replaceFirst(".*@", "");

        assertThat(recognition
                        .in("Write to " + NOTICE.contact().email() + " or support@" + domain)
                        .within())
                .isEmpty();
        assertThat(recognition.in("anna@" + domain).within()).containsExactly(Likeness.EMAIL);
        assertThat(recognition.in("erased-1@kept.invalid").within()).isEmpty();
    }

    @Test
    void the_digits_of_a_token_are_no_cards() {
        assertThat(recognition.in("push:4111111111111111").within()).isEmpty();
        assertThat(recognition.in("order_4111111111111111").within()).isEmpty();
        assertThat(recognition.in("paid with 4111111111111111.").within()).containsExactly(Likeness.CARD);
        assertThat(recognition.in("card: 4111 1111 1111 1111, thanks").within()).containsExactly(Likeness.CARD);
    }

    @Test
    void a_long_number_is_like_a_cards_whatever_its_check_digit() {
        assertThat(recognition.in("4111 1111 1111 1112").cardLike()).isTrue();
        assertThat(recognition.in("1234 5678").cardLike()).isFalse();
    }
}
