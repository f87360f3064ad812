package io.jenkins.plugins.iplb.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/** The credentials that builds of an item may use, when there is no build yet. */
public final class ItemCredentials {
    private ItemCredentials() {}

    /** @param item null for what belongs to no item, such as the global configuration */
    public static Optional<OvhApiCredentials> find(@CheckForNull Item item, String id) {
        return Optional.ofNullable(CredentialsProvider.findCredentialByIdInItem(
                id, OvhApiCredentials.class, item, authenticationOf(item), List.of()));
    }

    /** Those that are stored on the controller or on a folder, looked up as the system does: SYSTEM-scoped ones too. */
    public static Optional<OvhApiCredentials> findOn(ItemGroup<?> group, String id) {
        return Optional.ofNullable(CredentialsProvider.findCredentialByIdInItemGroup(
                id, OvhApiCredentials.class, group, ACL.SYSTEM2, List.of()));
    }

    /** As whom builds of the item run. */
    public static Authentication authenticationOf(@CheckForNull Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }
}
