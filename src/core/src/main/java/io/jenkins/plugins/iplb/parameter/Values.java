package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The values that several parameters take. */
public final class Values {
    public static final Value FLAG = new Flag();

    public static final Value PORT = new WholeNumber("N", 1, Ports.LAST, "a port from 1 to " + Ports.LAST);

    public static final Value ID = new WholeNumber("ID", 1, Long.MAX_VALUE, "an id (a whole number from 1)");

    public static final Value NETWORK_OF_VRACK = new NetworkOfVrack();

    public static final Value NAME = Text.of("TEXT", Name.ALLOWED, Name::parse);

    /** An object by its id or its name. */
    public static final Value REFERENCE = Text.of(
            "ID|NAME",
            Reference.ALLOWED,
            (parameter, given) -> Reference.parse(parameter, given).text());

    /** What something is known by that is made under its name: digits are its id. */
    public static final Value ID_OR_NAME = Text.of("ID|NAME", Reference.ALLOWED, (parameter, given) -> {
        Reference reference = Reference.parse(parameter, given);
        return reference.id().isPresent() ? reference.text() : Name.parse(parameter, reference.text());
    });

    public static final Value SERVICE =
            Text.of("S", ServiceName.ALLOWED, (parameter, given) -> ServiceName.parse(parameter, given));

    /** One zone, or all. */
    public static final Value ZONE = Text.of(
                    "Z",
                    "all, or a zone of the load balancer",
                    (parameter, given) -> Text.matching("Z", "\\S+", "all, or a zone of the load balancer")
                            .reading()
                            .of(parameter, given)
                            .toLowerCase(Locale.ROOT))
            .offering(List.of("all"));

    public static final Value ZONES = ListOf.words(ZONE, "all, or zones of the load balancer");

    public static final Value PORTS =
            Text.of("PORTS", Ports.ALLOWED, Ports::check).meaning(Ports::set);

    public static final Value ADDRESS = Text.of("IPv4", IpBlock.ADDRESS, IpBlock::parseAddress);

    public static final Value BLOCK = Text.of(
            "IP[/LEN]",
            IpBlock.BLOCK,
            (parameter, given) -> IpBlock.parse(parameter, given).cidr());

    /** Of IPv6 too. */
    public static final Value ANY_BLOCK = Text.of(
            "IP[/LEN]",
            IpBlock.ANY,
            (parameter, given) -> IpBlock.parseAny(parameter, given).cidr());

    /** One address, of IPv6 too. */
    public static final Value ANY_ADDRESS = Text.of("IP", IpBlock.ANY_ADDRESS, IpBlock::parseAnyAddress);

    /** Blocks of addresses; an empty list means no restriction, as null does. */
    public static final Value BLOCKS = ListOf.words(BLOCK, "a list of addresses or blocks")
            .meaning(there -> TextNode.valueOf(Addresses.block(there.asText())));

    public static final Value URL = Text.matching("URL", "https?://\\S+", "a URL that begins with http:// or https://");

    public static final Value HEADERS = ListOf.lines(
            Text.matching("'NAME VALUE'", "\\S+ .*\\S", "a header and its value, such as 'X-Ip-Header %ci'"), "a list");

    public static final Value PERCENTAGES =
            ListOf.words(new WholeNumber("N", 1, 100, "1 to 100"), "percentages from 1 to 100");

    /** Of a request that somebody sends. */
    public static final Value REQUEST_HEADERS = ListOf.lines(
            Text.matching(
                    "'NAME: VALUE'",
                    "[\\w!#$%&'*+.^`|~-]+:\\P{Cntrl}*",
                    "a header and its value, such as 'Cookie: env=preprod'"),
            "a list");

    public static final Value REQUEST = Text.matching(
            "REQUEST",
            "(?:[A-Z]+\\s+)?(?i:https?)://\\S+",
            "a method and a URL, such as 'GET https://www.example.com/login'");

    public static final Value DURATION = Text.of("DURATION", Durations.ALLOWED, (parameter, given) -> {
        Durations.parse(parameter, given);
        return given.strip();
    });

    /** The name of a file, which each face finds in its own way. */
    public static final Value FILE = text("FILE", "the name of a file");

    /** How often in a second. */
    public static final Value RATE =
            Text.matching("N.N", "\\d{1,9}(\\.\\d{1,3})?", "a number from 0, such as 0.5 or 20");

    /** Where to connect. */
    public static final Value PLACE = text("HOST:PORT", "HOST:PORT, such as 203.0.113.7:443");

    public static final Value PLACES = ListOf.words(PLACE, "HOST:PORT, such as 203.0.113.7:443, once or more");

    /** What an answer must be, said as rules are. */
    public static final Value EXPECTATIONS =
            ListOf.lines(text(RuleSpec.FORM, RuleSpec.ALLOWED), "a list of expectations, such as 'status is 200'");

    public static final Value CERTIFICATE = new CertificateText();

    public static final Value PRIVATE_KEY = new PrivateKeyText();

    /** Names of hosts, without an asterisk: OVH has to find each of them. */
    public static final Value HOSTS = ListOf.words(
            Text.matching(
                    "HOST",
                    "(?i)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?",
                    "the name of a host, such as www.example.com"),
            "names of hosts, such as www.example.com");

    /** What placeholders stand for. */
    public static final Value ASSIGNMENTS = ListOf.lines(
            Text.matching("NAME=VALUE", "(?s)[A-Z_][A-Z0-9_]*=.*", "NAME=VALUE, NAME in capitals"),
            "lines of NAME=VALUE, NAME in capitals");

    /** Objects by their ids or their names. */
    public static final Value REFERENCES = ListOf.lines(REFERENCE, "a list of ids and names");

    private Values() {}

    /** Whether it is the text of a certificate or a key, which people keep in a file. */
    public static boolean isPem(Value value) {
        return value == CERTIFICATE || value == PRIVATE_KEY;
    }

    /** Any text that says something, without the blanks around it. */
    public static Value text(String form, String allowed) {
        return Text.matching(form, "(?s).+", allowed);
    }

    /** The same with words to choose from. */
    public static Value text(String form, String allowed, List<String> words) {
        return Text.matching(form, "(?s).+", allowed).offering(words);
    }

    /** Text in which every blank counts. */
    public static Value verbatim(String form, String pattern, String allowed) {
        return Text.verbatim(form, pattern, allowed);
    }

    public static Value matching(String form, String pattern, String allowed) {
        return Text.matching(form, pattern, allowed);
    }

    public static Value number(long min, long max) {
        return WholeNumber.of(min, max);
    }

    public static Value number(long min, long max, String allowed) {
        return new WholeNumber("N", min, max, allowed);
    }

    public static Choice oneOf(String... words) {
        return Choice.of(words);
    }

    public static Choice oneOf(List<String> words) {
        return Choice.of(words);
    }

    public static Choice oneOf(Protocol... protocols) {
        return oneOf(Arrays.stream(protocols).map(Protocol::code).toList());
    }
}
