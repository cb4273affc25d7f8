package dev.kept.server.inform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Which addresses a name has. */
@FunctionalInterface
interface Names {

    /** Those that this machine finds. */
    Names SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    List<InetAddress> addresses(String host) throws UnknownHostException;
}
