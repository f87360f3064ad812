package io.jenkins.plugins.iplb.jenkins.record;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.controller.KeptMap;
import io.jenkins.plugins.iplb.record.LogicalClock;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which builds have changed which load balancer last: the way from a load balancer to the records of all builds. It holds
 * no more than ids of builds, in a file of its own; what it leads to is shown to nobody without asking for permission.
 */
@Extension
public final class KnownBuilds {
    /** How many builds are known of one load balancer. */
    static final int MOST = 50;

    /** By service name, each in the order in which they began an entry last. Lists are replaced, not altered. */
    private final Map<String, List<KnownBuild>> builds = new ConcurrentHashMap<>();

    /** The load balancers whose records {@link IplbController#recordClock} knows to be behind it. */
    private final Set<String> behind = new HashSet<>();

    private final KeptMap<List<String>> kept;

    public KnownBuilds() {
        this(KeptMap.of(KnownBuilds.class));
    }

    KnownBuilds(KeptMap<List<String>> kept) {
        this.kept = kept;
        load();
    }

    public static KnownBuilds get() {
        return ExtensionList.lookupSingleton(KnownBuilds.class);
    }

    /**
     * The entries about a load balancer that began last, newest first.
     *
     * @param endpoint the base URL
     */
    public List<KnownEntry> lastAbout(String endpoint, String service, int most) {
        List<KnownBuild> known = of(service);
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            // A build is known by its last entry: the last entries of all are among those of as many builds.
            return known.subList(Math.max(0, known.size() - most), known.size()).stream()
                    .flatMap(build -> build.entries().stream().map(entry -> new KnownEntry(build.id(), entry)))
                    .filter(each -> endpoint.equals(each.entry().endpoint()))
                    .sorted(Comparator.comparing(
                                    (KnownEntry each) -> each.entry().startedAt())
                            .reversed())
                    .limit(most)
                    .toList();
        }
    }

    /** The ids of the builds with an entry that has not ended. */
    List<String> withOpenEntries() {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            return builds.values().stream()
                    .flatMap(List::stream)
                    .filter(build -> build.entries().stream().anyMatch(RecordedEntry::open))
                    .map(KnownBuild::id)
                    .distinct()
                    .toList();
        }
    }

    /** What the records of all builds say about load balancers of that name. */
    public List<RecordedEntry> entries(String service) {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            return of(service).stream()
                    .flatMap(build -> build.entries().stream())
                    .toList();
        }
    }

    /** What the records of all other builds say about load balancers of that name. */
    List<RecordedEntry> ofOthers(String service, Run<?, ?> run) {
        String own = run.getExternalizableId();
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            return of(service).stream()
                    .filter(build -> !build.id().equals(own))
                    .flatMap(build -> build.entries().stream())
                    .toList();
        }
    }

    /** Known from now on, and after a crash: to be called before anything is written in the build's record. */
    synchronized void begins(String service, Run<?, ?> run) {
        String id = run.getExternalizableId();
        List<KnownBuild> before = of(service);
        if (behind.add(service)) {
            goOnAfter(before);
        }
        if (!before.isEmpty() && before.get(before.size() - 1).id().equals(id)) {
            return;
        }
        List<KnownBuild> after = new ArrayList<>(before);
        KnownBuild build = before.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseGet(() -> new KnownBuild(id, service));
        after.remove(build);
        after.add(build);
        builds.put(service, List.copyOf(after.subList(Math.max(0, after.size() - MOST), after.size())));
        save();
    }

    /** The machine's clock may have been set back while the controller was down. */
    private static void goOnAfter(List<KnownBuild> known) {
        LogicalClock clock = IplbController.get().recordClock();
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            known.stream()
                    .flatMap(build -> build.entries().stream())
                    .map(RecordedEntry::lastMoment)
                    .forEach(clock::observe);
        }
    }

    private synchronized void moved(String from, String to) {
        boolean concerned = builds.values().stream()
                .flatMap(List::stream)
                .anyMatch(build -> build.id().startsWith(from + "#"));
        if (!concerned) {
            return;
        }
        builds.replaceAll((service, known) -> known.stream()
                .map(build -> build.id().startsWith(from + "#")
                        ? new KnownBuild(to + build.id().substring(from.length()), service)
                        : build)
                .toList());
        save();
    }

    private List<KnownBuild> of(String service) {
        return builds.getOrDefault(service, List.of());
    }

    private void load() {
        kept.read()
                .forEach((service, ids) -> builds.put(
                        service,
                        ids.stream().map(id -> new KnownBuild(id, service)).toList()));
    }

    /** Without it a change may be taken for somebody else's, which stops no build that did not ask for that. */
    private void save() {
        Map<String, List<String>> ids = new HashMap<>();
        builds.forEach((service, known) -> ids.put(
                service, new ArrayList<>(known.stream().map(KnownBuild::id).toList())));
        kept.write(ids);
    }

    /** Keeps up with jobs that get another name or folder. */
    @Extension
    public static final class Moves extends ItemListener {
        @Override
        public void onLocationChanged(Item item, String from, String to) {
            if (item instanceof Job) {
                get().moved(from, to);
            }
        }
    }
}
