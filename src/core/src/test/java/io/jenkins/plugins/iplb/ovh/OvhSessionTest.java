package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A POST that must have its effect once, however often its answer is lost. */
class OvhSessionTest {
    private static final Supplier<Optional<Integer>> NOTHING = Optional::empty;

    @RegisterExtension
    final OvhServer ovh = new OvhServer();

    private final List<Integer> looks = new ArrayList<>();

    @Test
    void aPostThatIsAnsweredIsNotLookedFor() {
        ovh.answers(OvhServer.ok());

        assertThat(sendOnce(NOTHING)).isOne();

        assertThat(looks).isEmpty();
        assertThat(ovh.told()).containsExactly("writing POST /some/thing", "succeeded 200 EU.ext-3.query");
    }

    @Test
    void whatALostPostHasMadeIsFoundAndThePostNotSentAgain() {
        ovh.answers(OvhServer.status(500), OvhServer.ok());

        assertThat(sendOnce(() -> Optional.of(7))).isEqualTo(7);

        assertThat(ovh.told()).containsExactly("writing POST /some/thing", "failed UNKNOWN", "settled true");
    }

    @Test
    void aPostThatLeftNoTraceIsSentAgainAfterSeveralLooks() {
        ovh.answers(OvhServer.status(500), OvhServer.ok());

        assertThat(sendOnce(NOTHING)).isOne();

        assertThat(looks).hasSize(3);
        assertThat(ovh.told())
                .containsExactly(
                        "writing POST /some/thing",
                        "failed UNKNOWN",
                        "settled false",
                        "writing POST /some/thing",
                        "succeeded 200 EU.ext-3.query");
    }

    @Test
    void whatAppearsLateIsFoundByALaterLook() {
        ovh.answers(OvhServer.status(500));

        assertThat(sendOnce(() -> looks.size() < 3 ? Optional.empty() : Optional.of(7)))
                .isEqualTo(7);

        assertThat(ovh.requests()).hasSize(1);
    }

    @Test
    void anAnswerWithoutTheResultIsALostAnswer() {
        ovh.answers(OvhServer.json(200, "{'unexpected':true}"));

        assertThat(sendOnce(() -> Optional.of(7))).isEqualTo(7);

        assertThat(ovh.requests()).hasSize(1);
    }

    @Test
    void aRefusalIsFinalAndNothingIsLookedFor() {
        ovh.answers(OvhServer.status(403));

        assertThat(failure(NOTHING).kind()).isEqualTo(FailureKind.CREDENTIALS);

        assertThat(looks).isEmpty();
        assertThat(ovh.requests()).hasSize(1);
    }

    @Test
    void theNumberOfPostsIsBounded() {
        ovh.answers(OvhServer.status(500));

        OvhException failure = (OvhException) failure(NOTHING);

        assertThat(failure.status()).hasValue(500);
        assertThat(ovh.requests()).hasSize(3);
        assertThat(ovh.told().get(ovh.told().size() - 1)).isEqualTo("settled false");
    }

    @Test
    void theNumberOfPostsWithoutAResultIsBoundedToo() {
        ovh.answers(OvhServer.json(200, "{'unexpected':true}"));

        IplbException failure = failure(NOTHING);

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure).hasMessage("POST /some/thing: no usable answer");
        assertThat(ovh.requests()).hasSize(3);
    }

    @Test
    void aPostIsNotSentAgainWhenLookingFails() {
        ovh.answers(OvhServer.status(500));
        IplbException blind = new IplbException(FailureKind.UNAVAILABLE, "cannot look");

        assertThat(failure(() -> {
                    throw blind;
                }))
                .isSameAs(blind);

        assertThat(looks).hasSize(1);
        assertThat(ovh.told()).containsExactly("writing POST /some/thing", "failed UNKNOWN");
    }

    @Test
    void nothingIsLookedForOnceTheDeadlineHasPassed() {
        ovh.patience(Duration.ofSeconds(30))
                .onRequest(() -> ovh.clock().advance(Duration.ofSeconds(31)))
                .answers(OvhServer.status(500));

        assertThat(failure(NOTHING).kind()).isEqualTo(FailureKind.TIMEOUT);

        assertThat(looks).isEmpty();
        assertThat(ovh.requests()).hasSize(1);
    }

    @Test
    void anInterruptionWhileLookingIsAFailureForPeopleAndNothingIsSentAgain() {
        ovh.answers(OvhServer.status(500));

        IplbException failure = failure(() -> {
            Thread.currentThread().interrupt();
            return Optional.empty();
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).hasMessage("POST /some/thing: interrupted");
        assertThat(ovh.requests()).hasSize(1);
    }

    private int sendOnce(Supplier<Optional<Integer>> look) {
        return ovh.session()
                .sendOnce(
                        OvhServer.POST,
                        reply -> Optional.of(reply.body().path("id").asInt()).filter(id -> id > 0),
                        () -> {
                            looks.add(looks.size());
                            return look.get();
                        });
    }

    private IplbException failure(Supplier<Optional<Integer>> look) {
        Throwable thrown = catchThrowable(() -> sendOnce(look));
        assertThat(thrown).isInstanceOf(IplbException.class);
        return (IplbException) thrown;
    }
}
