package io.jenkins.plugins.iplb.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.ovh.ApiCall.Method;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeededRightsTest {
    @Test
    void whoHasThemAllLacksNone() {
        assertThat(NeededRights.missing(NeededRights.all())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "*"})
    void whoMayDoEverythingLacksNone(String everything) {
        assertThat(NeededRights.missing(rights(everything))).isEmpty();
    }

    @Test
    void whoMayDoNothingLacksAllButThoseForLookingAtOneself() {
        assertThat(NeededRights.missing(List.of()))
                .hasSize(NeededRights.all().size() - 2)
                .contains(new Right(Method.POST, "/ipLoadbalancing/*/refresh"), new Right(Method.GET, "/ip/*"));
    }

    @Test
    void aKeyForOneLoadBalancerAndOneBlockIsAsGood() {
        List<Right> narrow = Stream.concat(
                        rights("/ipLoadbalancing/loadbalancer-1/*").stream(),
                        Stream.of(
                                new Right(Method.GET, "/ipLoadbalancing/loadbalancer-1"),
                                new Right(Method.PUT, "/ipLoadbalancing/loadbalancer-1"),
                                new Right(Method.GET, "/ip/203.0.113.7"),
                                new Right(Method.GET, "/ip/203.0.113.7/*"),
                                new Right(Method.POST, "/ip/203.0.113.7/move"),
                                new Right(Method.POST, "/ip/203.0.113.7/park")))
                .toList();

        assertThat(NeededRights.missing(narrow)).isEmpty();
    }

    @Test
    void theLoadBalancerItselfIsNotBelowItself() {
        assertThat(NeededRights.missing(rights("/ipLoadbalancing/loadbalancer-1/*")))
                .contains(new Right(Method.GET, "/ipLoadbalancing/*"));
    }

    @Test
    void oneProtocolIsNotAll() {
        assertThat(NeededRights.missing(rights("/ipLoadbalancing/*/tcp/*")))
                .contains(new Right(Method.POST, "/ipLoadbalancing/*/route"));
    }

    @Test
    void whoMayOnlyReadLacksEveryWrite() {
        assertThat(NeededRights.missing(List.of(new Right(Method.GET, "/*"))))
                .isNotEmpty()
                .noneMatch(right -> right.method() == Method.GET);
    }

    @ParameterizedTest
    @CsvSource({
        "ovh-eu, https://eu.api.ovh.com/createToken/?",
        "ovh-us, https://api.us.ovhcloud.com/createToken/?",
        "kimsufi-ca, https://ca.api.kimsufi.com/createToken/?",
    })
    void theirPageIsOnTheHostOfTheEndpoint(String endpoint, String page) {
        assertThat(NeededRights.tokenPage(Endpoint.of(endpoint)))
                .asString()
                .startsWith(page)
                .contains("?GET=/auth/currentCredential&GET=/auth/details&GET=/ipLoadbalancing/*&")
                .endsWith("&GET=/ip/*&POST=/ip/*/move&POST=/ip/*/park");
    }

    private static List<Right> rights(String path) {
        return Stream.of(Method.values()).map(method -> new Right(method, path)).toList();
    }
}
