package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import org.junit.jupiter.api.Test;

class IdsToComeTest {
    private final IdsToCome ids = new IdsToCome();
    private final NewId farm = newId();
    private final NewId route = newId();

    @Test
    void eachHasOneOfItsOwnThatNoOneTakesForOvhs() {
        assertThat(ids.expect(farm)).isEqualTo(ids.expect(farm)).isNotEqualTo(ids.expect(route));
        assertThat(ids.expect(farm)).isLessThan(Integer.MIN_VALUE);
        assertThat(ids.expect(route)).isLessThan(Integer.MIN_VALUE);
    }

    @Test
    void pathsAndBodiesGetOvhsInTheirPlacesHoweverDeep() {
        String body = "{'farmId': %1$d, 'action': {'target': '%1$d'}, 'all': [%1$d, {'id': %1$d}], 'ssl': true}";
        ApiCall call = ApiCall.put(fields(body.formatted(ids.expect(farm))), "http", "farm", ids.expect(farm));
        ids.expect(route);
        ids.made(route, 814);
        ids.made(farm, 7);

        ApiCall sent = ids.in(call);

        assertThat(sent.path()).containsExactly("http", "farm", "7");
        assertThat(sent.body().orElseThrow().json())
                .hasToString(json(body.formatted(7)).toString());
    }

    @Test
    void whatIsNotMadeYetAndWhatIsNoneStaysAsItIs() {
        ids.made(route, 814);
        JsonNode plain =
                json("{'a': -5, 'b': '-5', 'c': '-', 'd': 1.5, 'e': null, 'f': %d}".formatted(ids.expect(farm)));

        assertThat(ids.in(plain)).isEqualTo(plain);
        assertThat(ids.in(ApiCall.get("farm", ids.expect(farm))).path()).containsExactly("farm", "" + ids.expect(farm));
    }

    @Test
    void whatWasMadeHereIsOwnedByThePathThatRemovesIt() {
        ids.own(ApiCall.delete("http", "farm", 7));

        assertThat(ids.isOwn(ApiCall.delete("http", "farm", 7))).isTrue();
        assertThat(ids.isOwn(ApiCall.delete("tcp", "farm", 7))).isFalse();
    }

    private static NewId newId() {
        return NewId.of((ovh, post) -> 0);
    }

    private static Fields fields(String json) {
        return new Fields((ObjectNode) json(json));
    }
}
