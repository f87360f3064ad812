package io.jenkins.plugins.iplb.jenkins.record;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;

/** After a start of the controller, sees to it that no record says of what was cut off that it is under way. */
@Extension
public final class LeftOpen extends ItemListener {
    @Override
    public void onLoaded() {
        Computer.threadPoolForRemoting.execute(
                () -> KnownBuilds.get().withOpenEntries().forEach(LeftOpen::close));
    }

    private static void close(String build) {
        Run<?, ?> run = Run.fromExternalizableId(build);
        ChangesAction action = run == null ? null : run.getAction(ChangesAction.class);
        if (action != null) {
            action.catchUp();
        }
    }
}
