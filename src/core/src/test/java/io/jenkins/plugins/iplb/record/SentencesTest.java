package io.jenkins.plugins.iplb.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a change, at each stage of it. */
class SentencesTest {
    private static final Subject HTTPS = Subject.of(Kind.FRONTEND, "https", 11L);
    private static final Subject ROUTE = Subject.of(Kind.ROUTE, "http2").in(HTTPS);

    @ParameterizedTest
    @CsvSource({
        "ADDED,     PLANNED,       Route http2 would be added to frontend https",
        "ADDED,     BEGUN,         Adding route http2 to frontend https",
        "ADDED,     DONE,          Route http2 added to frontend https",
        "ADDED,     NOTHING_TO_DO, Nothing to change: route http2 of frontend https",
        "CHANGED,   PLANNED,       Route http2 of frontend https would be changed",
        "CHANGED,   BEGUN,         Changing route http2 of frontend https",
        "CHANGED,   DONE,          Route http2 of frontend https changed",
        "UNCHANGED, NOTHING_TO_DO, Nothing to change: route http2 of frontend https",
        "REMOVED,   PLANNED,       Route http2 would be removed from frontend https",
        "REMOVED,   BEGUN,         Removing route http2 from frontend https",
        "REMOVED,   DONE,          Route http2 removed from frontend https",
        "ABSENT,    NOTHING_TO_DO, Nothing to remove: there is no route http2 of frontend https",
    })
    void ofARoute(Effect effect, Stage stage, String sentence) {
        assertThat(new About(effect, ROUTE).sentence(stage)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "PLANNED,       '198.51.100.7 would be moved to loadbalancer-b'",
        "BEGUN,         'Moving 198.51.100.7 to loadbalancer-b'",
        "DONE,          '198.51.100.7 moved to loadbalancer-b'",
        "NOTHING_TO_DO, 'Nothing to move: 198.51.100.7 is at loadbalancer-b, or on its way there'",
    })
    void ofAFailoverIp(Stage stage, String sentence) {
        Subject ip = Subject.of(Kind.FAILOVER_IP, "198.51.100.7").in(Subject.of(Kind.SERVICE, "loadbalancer-b"));

        assertThat(new About(Effect.MOVED, ip).sentence(stage)).isEqualTo(sentence);
        assertThat(new About(Effect.UNCHANGED, ip).sentence(stage)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "PLANNED,       Load balancer would be refreshed",
        "BEGUN,         Refreshing load balancer",
        "DONE,          Load balancer refreshed",
        "NOTHING_TO_DO, Nothing to refresh: no change is pending",
    })
    void ofARefresh(Stage stage, String sentence) {
        Subject whole = Subject.of(Kind.LOAD_BALANCER, null);

        assertThat(new About(Effect.REFRESHED, whole).sentence(stage)).isEqualTo(sentence);
        assertThat(new About(Effect.UNCHANGED, whole).sentence(stage)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "STICKINESS,    ,        Stickiness changed",
        "HTTP2,         ,        HTTP/2 changed",
        "FAILOVER_IPS,  ,        Failover IPs changed",
        "CERTIFICATE,   site,    Certificate site changed",
        "VRACK_NETWORK, private, vRack network private changed",
        "RULE,          r,       Rule r changed",
        "FARM,          app,     Farm app changed",
        "SERVER,        blue,    Server blue changed",
        "SERVICE,       ns1,     ns1 changed",
        "FAILOVER_IP,   ip1,     ip1 changed",
    })
    void beginWithACapitalLetterUnlessTheyBeginWithAName(Kind kind, String name, String sentence) {
        assertThat(new About(Effect.CHANGED, Subject.of(kind, name)).sentence(Stage.DONE))
                .isEqualTo(sentence);
    }

    @Test
    void anAddressDoesNotKeepASentenceThatBeginsOtherwiseFromACapitalLetter() {
        assertThat(new About(Effect.CHANGED, Subject.of(Kind.FAILOVER_IP, "ip1")).sentence(Stage.BEGUN))
                .isEqualTo("Changing ip1");
    }

    @Test
    void aSubjectIsCalledByItsNameOrElseByItsId() {
        assertThat(Subject.of(Kind.FARM, "app", 7L).called()).isEqualTo("app");
        assertThat(Subject.of(Kind.FARM, "the app", 7L).called()).isEqualTo("'the app'");
        assertThat(Subject.of(Kind.FARM, null, 7L).called()).isEqualTo("7");
        assertThat(Subject.of(Kind.STICKINESS, null).called()).isEmpty();
    }

    @Test
    void aNameMovesNoCursor() {
        assertThat(Subject.of(Kind.FARM, "a\u001b[2Jb\nc").called()).isEqualTo("a\\u001b[2Jb\\nc");
    }

    @ParameterizedTest
    @CsvSource({
        "ADDED,     ROUTE,         ADDED,     UNCHANGED",
        "CHANGED,   FARM,          CHANGED,   UNCHANGED",
        "UNCHANGED, FARM,          CHANGED,   UNCHANGED",
        "UNCHANGED, HTTP2,         ADDED,     UNCHANGED",
        "UNCHANGED, FAILOVER_IP,   MOVED,     UNCHANGED",
        "UNCHANGED, LOAD_BALANCER, REFRESHED, UNCHANGED",
        "REMOVED,   ROUTE,         REMOVED,   ABSENT",
        "ABSENT,    ROUTE,         REMOVED,   ABSENT",
    })
    void whatHappensSaysTheEffectInTheEnd(Effect planned, Kind kind, Effect somethingDone, Effect nothingDone) {
        Subject subject = Subject.of(kind, "x");

        assertThat(new About(planned, subject).effective(true)).isEqualTo(new About(somethingDone, subject));
        assertThat(new About(planned, subject).effective(false)).isEqualTo(new About(nothingDone, subject));
    }

    @ParameterizedTest
    @EnumSource(Phrase.class)
    void translationsKnowAPhraseByItsConstant(Phrase phrase) {
        assertThat(phrase.code())
                .isEqualTo(phrase.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }

    @Test
    void translationsKnowARelationByAWord() {
        assertThat(Arrays.stream(Phrase.Relation.values()).map(Phrase.Relation::code))
                .isEqualTo(List.of("to", "from", "of", "towards", "at"));
    }
}
