package io.jenkins.plugins.iplb.jenkins.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.credentialsbinding.BindingDescriptor;
import org.jenkinsci.plugins.credentialsbinding.MultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.CredentialNotFoundException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Gives a part of a build the variables that OVH's own tools read: {@code OVH_ENDPOINT} with {@code
 * OVH_APPLICATION_KEY}, {@code OVH_APPLICATION_SECRET} and {@code OVH_CONSUMER_KEY}, or with {@code OVH_CLIENT_ID} and
 * {@code OVH_CLIENT_SECRET}. Only the secrets of them are masked, so that a log still says which endpoint was called.
 */
public final class OvhApiCredentialsBinding extends MultiBinding<OvhApiCredentials> {
    static final String DEFAULT_PREFIX = "OVH";

    private String prefix = DEFAULT_PREFIX;

    @DataBoundConstructor
    public OvhApiCredentialsBinding(String credentialsId) {
        super(credentialsId);
    }

    public String getPrefix() {
        return prefix;
    }

    /** What the names of the variables begin with, for who needs two keys at once. */
    @DataBoundSetter
    public void setPrefix(String prefix) {
        String given = Util.fixEmptyAndTrim(prefix);
        this.prefix = given == null ? DEFAULT_PREFIX : given;
    }

    @Override
    protected Class<OvhApiCredentials> type() {
        return OvhApiCredentials.class;
    }

    @Override
    public MultiEnvironment bind(
            @NonNull Run<?, ?> build,
            @CheckForNull FilePath workspace,
            @CheckForNull Launcher launcher,
            @NonNull TaskListener listener)
            throws CredentialNotFoundException {
        OvhApiCredentials credentials = getCredentials(build);
        Map<String, String> others = new LinkedHashMap<>();
        credentials.publicVariables().forEach((name, value) -> others.put(variable(name), value));
        return new MultiEnvironment(secrets(credentials), others);
    }

    @Override
    public Set<String> variables(@NonNull Run<?, ?> build) throws CredentialNotFoundException {
        return secrets(getCredentials(build)).keySet();
    }

    private Map<String, String> secrets(OvhApiCredentials credentials) {
        Map<String, String> secrets = new LinkedHashMap<>();
        credentials.secretVariables().forEach((name, secret) -> secrets.put(variable(name), secret.getPlainText()));
        return secrets;
    }

    private String variable(String name) {
        return prefix + "_" + name;
    }

    @Extension
    @Symbol("ovhApiCredentials")
    public static final class DescriptorImpl extends BindingDescriptor<OvhApiCredentials> {
        @Override
        protected Class<OvhApiCredentials> type() {
            return OvhApiCredentials.class;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OvhApiCredentialsBinding_DisplayName();
        }

        @Override
        public boolean requiresWorkspace() {
            return false;
        }
    }
}
