package io.jenkins.plugins.iplb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.ovh.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** JSON of any kind, and texts that mean something to somebody: a terminal, a page, a URL, a number, a date. */
public final class AnyValue {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "none",
            "null",
            "true",
            "all",
            "gra",
            "app",
            "https",
            "0",
            "-1",
            "00",
            "1e3",
            "0x10",
            "65536",
            "80-79",
            "80,,81",
            "80-",
            "9".repeat(40),
            "99999999999999999999",
            "1.2.3.4",
            "1.2.3.4/33",
            "256.1.1.1",
            "::1",
            "2001:db8::/129",
            "fe80::1%eth0",
            "http://",
            "https://user@host:99999/",
            "https://[::1",
            "//host",
            "ftp://a/",
            "\u0000",
            "a\u0000b",
            "a\nb",
            "a\r\nSet-Cookie: x=1",
            "\u001b[31mred\u001b[0m",
            "\u202eabc",
            "\u2028",
            "<script>alert(1)</script>",
            "&amp;",
            "${HOME}",
            "$(id)",
            "`id`",
            "'; --",
            "%s%n%d",
            "{0}",
            "\\",
            "\"",
            "'",
            "../../etc/passwd",
            "a/b",
            "?a=b#c",
            "%2e%2e",
            "é",
            "日本",
            "\ud83d\ude00",
            "\ud800",
            "uri startswith /a",
            "header:X-A not is b",
            "header: is",
            "uri",
            "uri is",
            "uri in",
            "cookie:a:b is c",
            "5m",
            "-5m",
            "1h30m",
            "P1D",
            "10000000h",
            "1ns",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "-----BEGIN PRIVATE KEY-----",
            "[1,2]",
            "{\"a\":1}",
            "{\"type\":",
            "x".repeat(5_000));

    private final Random random;

    public AnyValue(Random random) {
        this.random = random;
    }

    public JsonNode next() {
        return next(3);
    }

    private JsonNode next(int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 11)) {
            case 0 -> NullNode.instance;
            case 1 -> BooleanNode.valueOf(random.nextBoolean());
            case 2 -> IntNode.valueOf(random.nextInt(70_000) - 1_000);
            case 3 -> BigIntegerNode.valueOf(new BigInteger(200, random));
            case 4 -> DecimalNode.valueOf(BigDecimal.valueOf(random.nextLong(), random.nextInt(400)));
            case 5, 6 -> TextNode.valueOf(text());
            case 7 -> TextNode.valueOf(text() + text());
            case 8 -> list(depth);
            default -> object(depth);
        };
    }

    private ArrayNode list(int depth) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(next(depth - 1));
        }
        return list;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        List<String> names = List.of(
                "type", "port", "interval", "match", "pattern", "field", "subField", "negate", "name", "url", text());
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(names.get(random.nextInt(names.size())), next(depth - 1));
        }
        return object;
    }

    private String text() {
        if (random.nextInt(3) > 0) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(
                    random.nextInt(4) == 0 ? random.nextInt(Character.MAX_CODE_POINT + 1) : 32 + random.nextInt(95));
        }
        return text.toString();
    }
}
