package io.jenkins.plugins.iplb.jenkins.overview;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the configured load balancers were like when they were last looked at. They are looked at in the background, and
 * only while somebody asks; however many ask, each is looked at once.
 */
@Extension
public final class LastSeen {
    private final Map<Subject, Watched> all = new ConcurrentHashMap<>();

    public static LastSeen get() {
        return ExtensionList.lookupSingleton(LastSeen.class);
    }

    /** What is known now, in the order of the configuration. What is older than that is looked at for the next who asks. */
    public List<Seen> now(Duration fresh) {
        List<Watched> configured = configured();
        configured.forEach(each -> each.look(fresh));
        return configured.stream().map(Watched::seen).toList();
    }

    /** What is known once nothing is older than that. Never fails. */
    public CompletableFuture<List<Seen>> noOlderThan(Duration fresh) {
        List<CompletableFuture<Seen>> looks =
                configured().stream().map(each -> each.look(fresh)).toList();
        return CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new))
                .thenApply(done -> looks.stream().map(CompletableFuture::join).toList());
    }

    private List<Watched> configured() {
        List<NamedLoadBalancer> named = OvhLoadBalancers.get().getLoadBalancers();
        all.keySet().retainAll(named.stream().map(Subject::of).toList());
        return named.stream()
                .map(each -> all.computeIfAbsent(Subject.of(each), subject -> new Watched(each)))
                .toList();
    }

    private record Subject(String name, String service, String credentialsId) {
        static Subject of(NamedLoadBalancer named) {
            return new Subject(named.getName(), named.getService(), named.getCredentialsId());
        }
    }
}
