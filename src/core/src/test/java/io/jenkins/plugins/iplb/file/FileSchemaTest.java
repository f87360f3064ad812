package io.jenkins.plugins.iplb.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jenkins.plugins.iplb.ovh.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors read, the reader, and files that somebody mistyped. */
class FileSchemaTest {
    private static final int MUTATED = 10_000;
    private static final Path PUBLISHED = Path.of("../../docs/iplb.schema.json");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(FileSchema.json().toString(), InputFormat.JSON);

    private static final String SHOP = """
            loadBalancer: loadbalancer-shop
            settings: {name: our shop, sslConfiguration: '${SUITE:-modern}'}
            ips:
              198.51.100.24:
              203.0.113.0/28: {state: absent}
            networks:
              app: {subnet: 10.0.0.0/16, natIp: 10.0.8.0/24, vlan: 42}
            http:
              farms:
                exact: true
                web: &web
                  zone: all
                  port: 80
                  stickiness: cookie
                  probe: {type: http, url: /health, interval: 30}
                  servers:
                    192.0.2.10:8080: {weight: 10, backup: false}
                    192.0.2.11:
                    green: {address: 192.0.2.12, status: inactive}
                api:
                  <<: *web
                  balance: ${BALANCE:-leastconn}
                old: {state: absent}
                eu:
                  - {zone: gra, stickiness: null}
                  - {zone: rbx, stickiness: none}
              frontends:
                https:
                  zone: all
                  port: 443,8443
                  ssl: true
                  farm: web
                  allowedSource: [192.0.2.0/24, 198.51.100.7]
                  httpHeader:
                    - X-Ip-Header %ci
                  routes:
                    api:
                      farm: api
                      weight: 5
                      rules:
                        - uri startswith /api
                        - {field: header, subField: X-Env, match: is, pattern: prod}
                redirect:
                  zone: all
                  port: 80
                  redirectLocation: https://${host}${path}
                  routes:
                    - {reject: true, status: 403, rules: [uri startswith /wp-login]}
            tcp:
              frontends:
                smtp: {port: 25, zone: gra, farm: 10004}
            udp:
              farms:
                dns: {zone: gra, port: 53, servers: {192.0.2.53: }}
            """;

    @Test
    void theOneThatIsPublishedIsTheOneThatTheCatalogueMakes() throws IOException {
        String made =
                Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(FileSchema.json()) + "\n";
        Path beside = Path.of("target/iplb.schema.json");
        Files.createDirectories(beside.getParent());
        Files.writeString(beside, made);

        assertThat(Files.readString(PUBLISHED))
                .as("copy %s to %s", beside.toAbsolutePath().normalize(), PUBLISHED)
                .isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{loadBalancer: x, https: {}}",
                "{loadBalancer: x, http: {farm: {}}}",
                "{loadBalancer: x, http: {farms: {web: {stickyness: cookie}}}}",
                "{loadBalancer: x, http: {farms: {web: {stickiness: source}}}}",
                "{loadBalancer: x, http: {farms: {web: {port: 70000}}}}",
                "{loadBalancer: x, http: {farms: {web: {servers: {a: {weight: 300}}}}}}",
                "{loadBalancer: x, http: {farms: {web: {probe: {prot: 80}}}}}",
                "{loadBalancer: x, http: {frontends: {a: {ssl: 'no'}}}}",
                "{loadBalancer: x, http: {frontends: {a: {routes: {b: {rules: [{match: is}]}}}}}}",
                "{loadBalancer: x, tcp: {farms: {a: {stickiness: cookie}}}}",
                "{loadBalancer: x, udp: {frontends: {a: {routes: {}}}}}",
                "{loadBalancer: x, http: {farms: {web: {state: gone}}}}",
                "{loadBalancer: x, settings: {state: absent}}",
                "{loadBalancer: x, settings: {sslConfiguration: old}}",
                "{loadBalancer: x, networks: {app: {vlan: 5000}}}",
                "{loadBalancer: x, networks: {app: {farms: [web]}}}",
                "{loadBalancer: x, ips: {198.51.100.24: {to: somewhere}}}",
                "{loadBalancer: x, certificates: {site: {certificate: none, key: the key itself}}}"
            })
    void whatOneOfThemRefusesTheOtherRefusesToo(String file) {
        assertThat(isRead(file)).isFalse();
        assertThat(isAccepted(documents(file).get(0))).isFalse();
    }

    /** Whatever is read is accepted by the schema, and what is not read is told as mistakes. */
    @Test
    void filesThatSomebodyMistypedAreMistakesWithAPlaceOrFitTheSchema() {
        long seed = Long.getLong("iplb.seed", 20);
        Random random = new Random(seed);
        int read = 0;
        assertThat(isRead(SHOP)).isTrue();
        for (int i = 0; i < MUTATED; i++) {
            String file = mistyped(random);
            if (isRead(file)) {
                read++;
                assertThat(documents(file)).as(file).allMatch(FileSchemaTest::isAccepted);
            }
        }
        System.out.printf("change files: seed %d: %,d mistyped, %,d of them read%n", seed, MUTATED, read);
        assertThat(read).isBetween(MUTATED / 20, MUTATED * 19 / 20);
    }

    private static boolean isRead(String file) {
        try {
            ChangeFile.read("iplb.yaml", file, nothing -> Optional.empty());
            return true;
        } catch (BadFile e) {
            assertThat(e.mistakes()).isNotEmpty().allSatisfy(mistake -> {
                assertThat(mistake.message()).isNotBlank();
                assertThat(mistake.place().line()).isPositive();
            });
            assertThat(e.mistakes())
                    .extracting(Mistake::place)
                    .doesNotHaveDuplicates()
                    .isSorted();
            return false;
        }
    }

    private static List<JsonNode> documents(String file) {
        return new Composer("iplb.yaml", new Placeholders(nothing -> Optional.empty()), new Mistakes())
                .documents(file).stream().map(YamlNode::json).toList();
    }

    private static boolean isAccepted(JsonNode document) {
        return SCHEMA.validate(document.toString(), InputFormat.JSON).isEmpty();
    }

    private static String mistyped(Random random) {
        List<String> lines = new ArrayList<>(SHOP.lines().toList());
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(6)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, line);
                case 2 -> lines.set(at, lines.set(random.nextInt(lines.size()), line));
                case 3 -> lines.set(at, "  ".repeat(random.nextInt(3)) + line.strip());
                case 4 ->
                    lines.set(
                            at,
                            line.replaceFirst(
                                    "(?<=: ).*", Matcher.quoteReplacement(WORDS.get(random.nextInt(WORDS.size())))));
                default -> lines.set(at, mistypedLetter(line, random));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String mistypedLetter(String line, Random random) {
        int at = random.nextInt(line.length());
        char other = LETTERS.charAt(random.nextInt(LETTERS.length()));
        return line.substring(0, at) + other + line.substring(random.nextBoolean() ? at : at + 1);
    }

    private static final String LETTERS = "aeno019 :-{}[],&*!|>'\"%@`#?~\t\u00e9$";

    private static final List<String> WORDS = List.of(
            "",
            "~",
            "null",
            "none",
            "true",
            "no",
            "0",
            "-1",
            "0755",
            "80",
            "1e3",
            ".inf",
            "70000",
            "[]",
            "{}",
            "[a, 1]",
            "*web",
            "&x",
            "!!str 80",
            "'80'",
            "\"\\u0007\"",
            "${NOTHING}",
            "${A:-80}",
            "192.0.2.1",
            "all",
            "present");
}
