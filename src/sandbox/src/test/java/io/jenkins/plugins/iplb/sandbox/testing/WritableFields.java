package io.jenkins.plugins.iplb.sandbox.testing;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What OVH's descriptions of load balancers say that can be written. */
public final class WritableFields {
    private WritableFields() {}

    /** By the name of the description, then by path; empty where there are no descriptions. */
    public static Map<String, Map<String, Set<String>>> ofLoadBalancers() {
        Map<String, Map<String, Set<String>>> all = new TreeMap<>();
        ContractRun.folder().ifPresent(folder -> {
            for (String file : new String[] {"ovh-iplb.json", "2026-07/iplb.swagger.json"}) {
                Path description = folder.resolve(file);
                all.put(file, ApiDescription.load(description).writable());
            }
        });
        return all;
    }
}
