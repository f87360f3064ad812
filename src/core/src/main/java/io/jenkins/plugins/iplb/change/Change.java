package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;

/** A wish about a load balancer that is either true already or can be made so. Valid from its construction on. */
public sealed interface Change
        permits DedicateFailover,
                Drain,
                EnableHttp2,
                EnsureCertificate,
                EnsureFarm,
                EnsureFrontend,
                EnsureRoute,
                EnsureRule,
                EnsureServer,
                EnsureVrackNetwork,
                OrderFreeCertificate,
                Remove,
                RemoveCertificate,
                RemoveReplaced,
                RemoveVrackNetwork,
                Rerouting,
                SetService,
                SetStickiness,
                SwitchFarm,
                Undrain {

    /** Its name in records and on the command line. */
    String operation();

    /** The service it is about. */
    String service();

    /** Its parameters as they are meant, for the record. */
    Fields wanted();

    /** What it takes to make it true, as far as reading tells. */
    Plan plan(Reader reader);

    /**
     * Refuses what cannot be beside what else is there.
     *
     * @param reader of what is there, or will be when all that is planned is done
     * @param plan what it would do
     * @throws IplbException naming what is in the way
     */
    default void check(Reader reader, Plan plan) {}

    /**
     * What is taken as it is and is hardly meant, or does more than it says, each in one sentence.
     *
     * @param plan what it would do
     */
    default List<String> warnings(Reader reader, Plan plan) {
        return List.of();
    }
}
