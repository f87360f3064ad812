package io.jenkins.plugins.iplb.sandbox.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.haproxy.Site;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.TrafficTable;
import io.jenkins.plugins.iplb.sandbox.testing.Visitor;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.Protocol;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** What a refresh does to whom, by what it deploys: as seen, it stands in {@code docs/traffic.md}. */
class RefreshTableTest {
    private static final String SERVICE = "loadbalancer-of-many-clients";
    private static final int SERVERS = 4;
    private static final int SOURCES = 24;

    /** What there is for clients to come to: a frontend with a farm of four servers each. */
    private enum Place {
        TCP("tcp", Map.of()),
        HTTP("http", Map.of()),
        HTTPS("http", Map.of()),
        COOKIE("http", Map.of("stickiness", "cookie")),
        SOURCE_IP("http", Map.of("stickiness", "sourceIp")),
        BY_SOURCE("http", Map.of("balance", "source"));

        private final String protocol;
        private final Map<String, Object> farm;

        Place(String protocol, Map<String, Object> farm) {
            this.protocol = protocol;
            this.farm = farm;
        }

        @SuppressWarnings("EnumOrdinal") // any port that no other has
        int port() {
            return 21_000 + ordinal();
        }

        String url() {
            return (this == HTTPS ? "https" : "http") + "://www.shop.example:" + port() + "/";
        }
    }

    /** What a refresh deploys, in each farm. */
    private enum Change {
        NONE("none of its own") {
            @Override
            void in(ServiceSeed shop, String server, long farm, List<Long> servers) {}
        },
        MORE("a server more") {
            @Override
            void in(ServiceSeed shop, String server, long farm, List<Long> servers) {
                shop.add(server, farm, Map.of("address", "192.0.2.9", "status", "active"));
            }
        },
        WEIGHT("a server's weight, 1 to 2") {
            @Override
            void in(ServiceSeed shop, String server, long farm, List<Long> servers) {
                shop.alter(server, servers.get(1), Map.of("weight", 2));
            }
        },
        INACTIVE("a server inactive") {
            @Override
            void in(ServiceSeed shop, String server, long farm, List<Long> servers) {
                shop.alter(server, servers.get(1), Map.of("status", "inactive"));
            }
        },
        REMOVED("a server removed") {
            @Override
            void in(ServiceSeed shop, String server, long farm, List<Long> servers) {
                shop.remove(server, servers.get(1));
            }
        };

        private final String title;

        Change(String title) {
            this.title = title;
        }

        abstract void in(ServiceSeed shop, String server, long farm, List<Long> servers);
    }

    @Test
    void whatARefreshDoesToWhom() throws IOException {
        Haproxy.assumeVersion("2.6.");
        Map<String, List<String>> seen = new LinkedHashMap<>();
        List<String> titles = new ArrayList<>(List.of("who"));
        for (Change change : Change.values()) {
            titles.add(change.title);
            try (Scene scene = new Scene()) {
                scene.seen(change)
                        .forEach((who, what) -> seen.computeIfAbsent(who, none -> new ArrayList<>())
                                .add(what));
            }
        }
        TrafficTable table = new TrafficTable("refresh", getClass(), titles.toArray(String[]::new));
        seen.forEach((who, cells) -> {
            cells.add(0, who);
            table.row(cells.toArray(String[]::new));
        });
        table.mustBeDocumented();
    }

    /** A load balancer with everything in its first state. */
    private static final class Scene implements AutoCloseable {
        private final Random order = new Random(1);
        private final Map<Place, Long> farms = new HashMap<>();
        private final Map<Place, List<Long>> servers = new HashMap<>();
        private final Sandbox sandbox;
        private final ServiceSeed shop;
        private final Visitor visitor;
        private final Visitor atTheDoor;
        private final Site.Listen at;

        Scene() throws IOException {
            sandbox = Sandbox.builder()
                    .world(this::filled)
                    .traffic(new DataPlane.Options(OptionalInt.of(0), false, remark -> {}))
                    .start();
            shop = sandbox.world().service(SERVICE);
            at = sandbox.traffic()
                    .orElseThrow()
                    .listening()
                    .get(0)
                    .listeners()
                    .get(0)
                    .at();
            String trusted = Files.readString(sandbox.caFile());
            visitor = Visitor.at(at.address(), trusted).trustingAnyName();
            atTheDoor = Visitor.at(at.door(), trusted);
        }

        private World filled(World world) {
            ServiceSeed seed =
                    world.refreshTakes(Duration.ZERO).service(SERVICE).zones("gra");
            for (Place place : Place.values()) {
                Map<String, Object> fields = new HashMap<>(place.farm);
                fields.putAll(Map.of("zone", "all", "port", 80));
                long farm = seed.add(place.protocol + "/farm", fields);
                farms.put(place, farm);
                servers.put(
                        place,
                        IntStream.rangeClosed(1, SERVERS)
                                .mapToObj(i -> seed.add(
                                        place.protocol + "/server",
                                        farm,
                                        Map.of("address", "192.0.2." + i, "status", "active")))
                                .toList());
                seed.add(
                        place.protocol + "/frontend",
                        Map.of(
                                "zone",
                                "all",
                                "port",
                                "" + place.port(),
                                "ssl",
                                place == Place.HTTPS,
                                "defaultFarmId",
                                farm));
            }
            seed.refresh();
            return world;
        }

        Map<String, String> seen(Change change) throws IOException {
            List<Socket> streams = underWay(Place.TCP);
            List<Socket> requests = underWay(Place.HTTP);
            List<Socket> idle = idle();
            AtomicInteger connections = new AtomicInteger();
            try (Visitor http2 = visitor.anew().counting(connections).speaking(Protocol.HTTP_2, Protocol.HTTP_1_1)) {
                assertThat(http2.get(Place.HTTPS.url()).protocol()).isEqualTo(Protocol.HTTP_2);
                assertThat(http2.get(Place.HTTPS.url()).status()).isEqualTo(200);
                assertThat(connections).hasValue(1);
                List<Visitor.Answer> sessions = IntStream.range(0, SERVERS)
                        .mapToObj(i -> visitor.anew().get(Place.COOKIE.url()))
                        .toList();
                assertThat(sessions.stream().map(Visitor.Answer::server)).doesNotHaveDuplicates();
                Map<String, String> dealt = bySource(Place.SOURCE_IP);
                Map<String, String> hashed = bySource(Place.BY_SOURCE);

                refresh(change);

                Map<String, String> seen = new LinkedHashMap<>();
                seen.put("a TCP connection", of(finished(streams), "goes on"));
                seen.put("a request under way, HTTP/1.1", of(finished(requests), "is answered"));
                seen.put("a kept connection, HTTP/1.1", of(closed(idle), "is closed"));
                assertThat(http2.get(Place.HTTPS.url()).status()).isEqualTo(200);
                seen.put("a kept connection, HTTP/2", connections.get() == 1 ? "is used again" : "is not used again");
                seen.put(
                        "stickiness `cookie`",
                        stay(sessions.stream().filter(this::isBack).count(), SERVERS));
                seen.put("stickiness `sourceIp`", stayed(dealt, Place.SOURCE_IP));
                seen.put("balance `source`", stayed(hashed, Place.BY_SOURCE));
                return seen;
            }
        }

        private void refresh(Change change) {
            for (Place place : Place.values()) {
                change.in(shop, place.protocol + "/server", farms.get(place), servers.get(place));
            }
            shop.add("http/farm", Map.of("zone", "all"));
            shop.refresh();
            assertThat(shop.pending()).isEmpty();
        }

        /** One at each server, in the middle of what it says. */
        private List<Socket> underWay(Place place) throws IOException {
            List<Socket> all = new ArrayList<>();
            for (int i = 0; i < SERVERS; i++) {
                all.add(saying(place, "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\na"));
            }
            return all;
        }

        private Socket saying(Place place, String text) throws IOException {
            Socket socket = new Socket(at.address(), place.port());
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(US_ASCII));
            return socket;
        }

        private static int finished(List<Socket> underWay) throws IOException {
            HashSet<String> answeredBy = new HashSet<>();
            for (Socket each : underWay) {
                try (each) {
                    each.getOutputStream().write('b');
                    String answer = new String(each.getInputStream().readAllBytes(), US_ASCII);
                    assertThat(answer).startsWith("HTTP/1.1 200").contains("\"body\":\"ab\"");
                    answeredBy.add(answer.replaceAll("(?s).*X-Sandbox-Server: (\\S+).*", "$1"));
                }
            }
            return answeredBy.size();
        }

        private List<Socket> idle() throws IOException {
            List<Socket> all = new ArrayList<>();
            for (int i = 0; i < SERVERS; i++) {
                Socket socket = saying(Place.HTTP, "GET / HTTP/1.1\r\nHost: www.shop.example\r\n\r\n");
                InputStream answer = socket.getInputStream();
                while (answer.read() != '\n' || answer.available() > 0) {
                    // until nothing more comes: the answer ends with a line
                }
                all.add(socket);
            }
            return all;
        }

        private static int closed(List<Socket> idle) throws IOException {
            int closed = 0;
            for (Socket each : idle) {
                try (each) {
                    closed += each.getInputStream().read() < 0 ? 1 : 0;
                }
            }
            return closed;
        }

        private boolean isBack(Visitor.Answer session) {
            String cookie = session.headers().get("Set-Cookie").split(";")[0];
            return visitor.anew()
                    .send(new Request.Builder()
                            .url(Place.COOKIE.url())
                            .header("Cookie", cookie)
                            .build())
                    .server()
                    .equals(session.server());
        }

        /** The server of each client; they come in another order each time. */
        private Map<String, String> bySource(Place place) {
            List<Integer> clients =
                    new ArrayList<>(IntStream.range(0, SOURCES).boxed().toList());
            Collections.shuffle(clients, order);
            Map<String, String> servers = new LinkedHashMap<>();
            for (int client : clients) {
                String source = "198.51.%d.%d".formatted(100 + client % 3, 1 + 7 * client);
                servers.put(source, atTheDoor.from(source).get(place.url()).server());
            }
            return servers;
        }

        private String stayed(Map<String, String> before, Place place) {
            Map<String, String> after = bySource(place);
            return stay(
                    before.entrySet().stream()
                            .filter(each -> each.getValue().equals(after.get(each.getKey())))
                            .count(),
                    SOURCES);
        }

        private static String of(int some, String what) {
            return some == SERVERS ? what : "%d of %d: %s".formatted(some, SERVERS, what);
        }

        private static String stay(long some, int all) {
            return some == all ? "all stay" : "%d of %d stay".formatted(some, all);
        }

        @Override
        public void close() {
            visitor.close();
            atTheDoor.close();
            sandbox.close();
        }
    }
}
