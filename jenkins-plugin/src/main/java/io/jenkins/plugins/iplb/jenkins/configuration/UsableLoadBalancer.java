package io.jenkins.plugins.iplb.jenkins.configuration;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * A named load balancer that jobs of an item may use.
 *
 * @param named the load balancer
 * @param where the folder, or the controller, whose configuration names it: its key is looked up there
 */
public record UsableLoadBalancer(NamedLoadBalancer named, ItemGroup<?> where) {

    /**
     * All that jobs of the item may use, those of the nearest folder first. Of several that have one name, the nearest
     * counts, and whether that may be used.
     *
     * @param item a job or a folder; null for the controller itself, which may use all that it names
     */
    public static List<UsableLoadBalancer> by(@CheckForNull Item item) {
        List<UsableLoadBalancer> usable = new ArrayList<>();
        Set<String> hidden = new HashSet<>();
        for (ItemGroup<?> group : groups(item)) {
            for (NamedLoadBalancer named : namedOn(group)) {
                if (hidden.add(named.getName()) && (item == null || named.allows(item))) {
                    usable.add(new UsableLoadBalancer(named, group));
                }
            }
        }
        return usable;
    }

    /** All that whoever asks may see: the controller's, and those of the folders whose configuration is open to him. */
    public static List<UsableLoadBalancer> visible() {
        Stream<ItemGroup<?>> folders = Jenkins.get().getAllItems(Item.class).stream()
                .filter(item -> item.hasPermission(Item.EXTENDED_READ))
                .filter(ItemGroup.class::isInstance)
                .map(item -> (ItemGroup<?>) item);
        return Stream.concat(Stream.of(Jenkins.get()), folders)
                .flatMap(group -> namedOn(group).stream().map(named -> new UsableLoadBalancer(named, group)))
                .toList();
    }

    /** The one of that name, when jobs of the item may use it. */
    public static Optional<UsableLoadBalancer> by(@CheckForNull Item item, String name) {
        return by(item).stream()
                .filter(each -> each.named().getName().equals(name))
                .findFirst();
    }

    /** OVH's name of a load balancer that jobs of the item may use; of any other service, the name as it is. */
    public static String serviceName(@CheckForNull Item item, String name) {
        return by(item, name).map(each -> each.named().getService()).orElse(name);
    }

    private static List<ItemGroup<?>> groups(@CheckForNull Item item) {
        List<ItemGroup<?>> groups = new ArrayList<>();
        if (item instanceof ItemGroup<?> folder) {
            groups.add(folder);
        }
        for (Item each = item; each != null; each = each.getParent() instanceof Item folder ? folder : null) {
            groups.add(each.getParent());
        }
        return groups.isEmpty() ? List.of(Jenkins.get()) : groups;
    }

    private static List<NamedLoadBalancer> namedOn(ItemGroup<?> group) {
        return ExtensionList.lookup(LoadBalancerSource.class).stream()
                .flatMap(source -> source.namedOn(group).stream())
                .toList();
    }
}
