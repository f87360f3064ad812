package io.jenkins.plugins.iplb.jenkins.overview;

import io.jenkins.plugins.iplb.jenkins.record.KnownEntry;
import io.jenkins.plugins.iplb.jenkins.record.RecordedChange;
import io.jenkins.plugins.iplb.record.Language;

/** What a build did to a load balancer, as the page shows it. */
public final class ShownRecord {
    private final BuildLink build;
    private final RecordedChange change;

    ShownRecord(KnownEntry known, Language language) {
        this.build = BuildLink.of(known.build());
        this.change = new RecordedChange(known.entry(), known.entry().open() && build.isBuilding(), language);
    }

    public BuildLink getBuild() {
        return build;
    }

    public RecordedChange getChange() {
        return change;
    }
}
