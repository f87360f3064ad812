package io.jenkins.plugins.iplb.parameter;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.util.Arrays;

/**
 * Puts a private key of PKCS#1 or SEC 1 into the envelope of PKCS#8, which is all that the JDK reads: a version, the kind
 * of key, and the key. The kind is in the public key, which the JDK has read. (A library that reads the older forms weighs
 * more than all the rest of what modules bring to a machine.)
 */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;
    private static final byte[] VERSION_0 = {2, 1, 0};

    private Der() {}

    static byte[] pkcs8(byte[] key, PublicKey of) {
        return element(SEQUENCE, VERSION_0, first(content(of.getEncoded())), element(OCTETS, key));
    }

    /** The first of several elements. */
    private static byte[] first(byte... elements) {
        return Arrays.copyOf(elements, headerLength(elements) + length(elements));
    }

    private static byte[] content(byte... element) {
        int from = headerLength(element);
        return Arrays.copyOfRange(element, from, from + length(element));
    }

    private static int headerLength(byte... element) {
        return element[1] >= 0 ? 2 : 2 + (element[1] & 0x7f);
    }

    /** Of the content of the first element; beyond 127, its first byte says how many more bytes tell it. */
    private static int length(byte... element) {
        if (element[1] >= 0) {
            return element[1];
        }
        int length = 0;
        for (int i = 2; i < headerLength(element); i++) {
            length = length << 8 | element[i] & 0xff;
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer element = ByteBuffer.allocate(2 + Integer.BYTES + length).put((byte) tag);
        if (length < 0x80) {
            element.put((byte) length);
        } else {
            int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            element.put((byte) (0x80 | bytes));
            for (int i = bytes - 1; i >= 0; i--) {
                element.put((byte) (length >> 8 * i));
            }
        }
        Arrays.stream(parts).forEach(element::put);
        return Arrays.copyOf(element.array(), element.position());
    }
}
