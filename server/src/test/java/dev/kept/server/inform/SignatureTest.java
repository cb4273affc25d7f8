package dev.kept.server.inform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as Standard Webhooks writes them. */
class SignatureTest {

    @Test
    void the_specification_s_own_example_comes_out() {
        byte[] key = Signature.key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        assertThat(Signature.header(
                        List.of(key), "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void every_key_signs_while_they_are_exchanged() {
        byte[] old = Signature.key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        byte[] fresh = Signature.key("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        byte[] body = {1};
        Instant at = Instant.EPOCH;

        assertThat(Signature.header(List.of(fresh, old), "a", at, body).split(" "))
                .containsExactly(
                        Signature.header(List.of(fresh), "a", at, body), Signature.header(List.of(old), "a", at, body));
        assertThat(Signature.header(List.of(old), "a", at.plusSeconds(1), body))
                .isNotEqualTo(Signature.header(List.of(old), "a", at, body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_***"})
    void what_is_no_secret_is_refused_and_not_repeated(String secret) {
        assertThatThrownBy(() -> Signature.key(secret)).isInstanceOf(IllegalArgumentException.class);
    }
}
