package io.tollgate.core.provider;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Addresses at which clouds hand out the machine's own credentials to whoever asks: 169.254.0.0/16, fe80::/10 and
 * fd00:ec2::254. No provider of models lives there. Sources: RFC 3927, RFC 4291, AWS's documentation of its metadata service.
 */
public final class LinkLocal {
    private static final byte[] AWS_METADATA = HexFormat.of().parseHex("fd000ec2000000000000000000000254");
    /** NAT64 (RFC 6052) reaches an IPv4 address through an IPv6 one. */
    private static final byte[] NAT64 = HexFormat.of().parseHex("0064ff9b0000000000000000");

    private LinkLocal() {}

    /** Whether this is one of them. */
    public static boolean is(InetAddress address) {
        return address.isLinkLocalAddress()
                || Arrays.equals(address.getAddress(), AWS_METADATA)
                || (address instanceof Inet6Address six && isTranslated(six));
    }

    private static boolean isTranslated(Inet6Address address) {
        byte[] bytes = address.getAddress();
        if (!Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)) {
            return false;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, NAT64.length, bytes.length))
                    .isLinkLocalAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
