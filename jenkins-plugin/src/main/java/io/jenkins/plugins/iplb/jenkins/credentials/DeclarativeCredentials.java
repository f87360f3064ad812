package io.jenkins.plugins.iplb.jenkins.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.pipeline.modeldefinition.model.CredentialsBindingHandler;

/** {@code environment { OVH = credentials('id') }} of a Declarative Pipeline: {@code OVH} is what the variables begin with. */
@Extension(optional = true)
public final class DeclarativeCredentials extends CredentialsBindingHandler<OvhApiCredentials> {
    @NonNull
    @Override
    public Class<? extends StandardCredentials> type() {
        return OvhApiCredentials.class;
    }

    @NonNull
    @Override
    public List<Map<String, Object>> getWithCredentialsParameters(String credentialsId) {
        return List.of(Map.of(
                "$class",
                OvhApiCredentialsBinding.class.getName(),
                "prefix",
                new EnvVarResolver(),
                "credentialsId",
                credentialsId));
    }
}
