package dev.kept.server.inform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.configuration.AddressRange;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To which addresses a message may go. */
class ReachTest {

    private static final Reach PUBLIC = new Reach(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.192",
                "168.63.129.16",
                "::ffff:168.63.129.16",
                "64:ff9b::a83f:8110",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "fec0::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "2001::1",
                "2001:db8::1",
                "100::1"
            })
    void what_stands_beside_kept_is_closed(String address) {
        assertThat(PUBLIC.open(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "169.253.0.1",
                "100.128.0.1",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::101:101",
                "2002:101:101::1"
            })
    void the_internet_is_open(String address) {
        assertThat(PUBLIC.open(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void what_was_named_is_open_and_nothing_beside_it() {
        Reach reach = new Reach(List.of(AddressRange.parse("10.20.0.0/16").orElseThrow()));

        assertThat(reach.open(InetAddress.ofLiteral("10.20.3.4"))).isTrue();
        assertThat(reach.open(InetAddress.ofLiteral("10.21.0.1"))).isFalse();
        assertThat(reach.open(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
    }

    @Test
    void one_address_that_is_closed_closes_them_all() {
        List<InetAddress> mixed = List.of(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("169.254.169.254"));

        assertThatThrownBy(() -> PUBLIC.of(mixed))
                .isInstanceOf(Reach.Closed.class)
                .hasMessageNotContaining("169");
    }
}
