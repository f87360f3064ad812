package io.jenkins.plugins.iplb.jenkins.configuration;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ItemGroup;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/** The load balancers that a folder names for the jobs in it. */
public final class FolderLoadBalancers extends AbstractFolderProperty<AbstractFolder<?>> {
    private final List<NamedLoadBalancer> loadBalancers;

    /** @throws InvalidInput for a name that is blank or taken, and a service name that can be none */
    @DataBoundConstructor
    public FolderLoadBalancers(List<NamedLoadBalancer> loadBalancers) {
        this.loadBalancers = NamedLoadBalancers.valid(loadBalancers);
    }

    public List<NamedLoadBalancer> getLoadBalancers() {
        return Collections.unmodifiableList(loadBalancers);
    }

    @Extension(optional = true)
    @Symbol("ovhLoadBalancers")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor implements LoadBalancerSource {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OvhLoadBalancers_DisplayName();
        }

        /** Nothing is kept of a folder that names none. */
        @Override
        public FolderLoadBalancers newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            try {
                List<NamedLoadBalancer> given = request == null
                        ? List.of()
                        : request.bindJSONToList(NamedLoadBalancer.class, form.opt("loadBalancers"));
                return given.isEmpty() ? null : new FolderLoadBalancers(given);
            } catch (InvalidInput e) {
                throw new FormException(e.getMessage(), e, e.parameter());
            }
        }

        @Override
        public List<NamedLoadBalancer> namedOn(ItemGroup<?> group) {
            List<NamedLoadBalancer> named = new ArrayList<>();
            if (group instanceof AbstractFolder<?> folder) {
                folder.getProperties().getAll(FolderLoadBalancers.class).stream()
                        .flatMap(each -> each.loadBalancers.stream())
                        .forEach(named::add);
            }
            return named;
        }
    }
}
