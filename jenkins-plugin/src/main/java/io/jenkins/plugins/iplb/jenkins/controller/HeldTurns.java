package io.jenkins.plugins.iplb.jenkins.controller;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.iplb.operation.Transaction;
import io.jenkins.plugins.iplb.refresh.HeldTurn;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The turns of load balancers that builds hold for their transactions. Who has one when the controller goes down has it again
 * when it comes up, before anybody else; a build that is over, in whatever way, holds none.
 */
@Extension
public final class HeldTurns {
    private final Map<String, CompletableFuture<HeldTurn>> turns = new ConcurrentHashMap<>();
    private final KeptMap<List<String>> kept = KeptMap.of(HeldTurns.class);
    private final Map<String, List<String>> holders = new ConcurrentHashMap<>();

    public static HeldTurns get() {
        return ExtensionList.lookupSingleton(HeldTurns.class);
    }

    /** Before any build goes on. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.JOB_LOADED)
    public static void keep() {
        HeldTurns all = get();
        all.kept.read().forEach((id, holder) -> {
            all.holders.put(id, holder);
            all.of(id).complete(IplbController.get().keepTurn(URI.create(holder.get(1)), holder.get(2)));
        });
    }

    /** Completes when its build has the turn, which may be after a restart. */
    public CompletableFuture<HeldTurn> of(String transaction) {
        return turns.computeIfAbsent(transaction, id -> new CompletableFuture<>());
    }

    /**
     * The turn that the build has had before the controller went down, or a new one.
     *
     * @param endpoint the base URL
     * @param wait begins to wait for it
     * @return completes with it; cancelling it ends the wait
     */
    public CompletableFuture<HeldTurn> take(
            Transaction transaction, Run<?, ?> build, URI endpoint, Supplier<CompletableFuture<HeldTurn>> wait) {
        CompletableFuture<HeldTurn> known = of(transaction.id());
        if (known.isDone()) {
            return known;
        }
        CompletableFuture<HeldTurn> taken = wait.get();
        taken.whenComplete((turn, failure) -> {
            if (failure == null) {
                holders.put(
                        transaction.id(),
                        List.of(build.getExternalizableId(), endpoint.toString(), transaction.service()));
                save();
                known.complete(turn);
            } else {
                turns.remove(transaction.id());
                known.completeExceptionally(failure);
            }
        });
        return taken;
    }

    /** Behind what is under way in it. */
    public void giveUp(String transaction) {
        CompletableFuture<HeldTurn> turn = turns.remove(transaction);
        if (turn != null) {
            turn.thenAccept(HeldTurn::giveUp);
        }
        if (holders.remove(transaction) != null) {
            save();
        }
    }

    private synchronized void save() {
        Map<String, List<String>> all = new HashMap<>();
        holders.forEach((transaction, holder) -> all.put(transaction, new ArrayList<>(holder)));
        kept.write(all);
    }

    private void giveUpOf(String build) {
        holders.forEach((transaction, holder) -> {
            if (holder.get(0).equals(build)) {
                giveUp(transaction);
            }
        });
    }

    private void giveUpOfThoseThatAreOver() {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            holders.values().stream().map(holder -> holder.get(0)).distinct().forEach(build -> {
                Run<?, ?> run = Run.fromExternalizableId(build);
                if (run == null || !run.isBuilding()) {
                    giveUpOf(build);
                }
            });
        }
    }

    /** A build may end without its steps being told. */
    @Extension
    public static final class Ends extends RunListener<Run<?, ?>> {
        @Override
        public void onCompleted(Run<?, ?> run, TaskListener listener) {
            get().giveUpOf(run.getExternalizableId());
        }
    }

    /** It may have ended, or be gone, with the controller; a job may get another name. */
    @Extension
    public static final class Loads extends ItemListener {
        @Override
        public void onLoaded() {
            Computer.threadPoolForRemoting.execute(() -> get().giveUpOfThoseThatAreOver());
        }

        @Override
        public void onLocationChanged(Item item, String from, String to) {
            get().moved(from, to);
        }
    }

    private void moved(String from, String to) {
        holders.replaceAll((transaction, holder) -> holder.get(0).startsWith(from + "#")
                ? List.of(to + holder.get(0).substring(from.length()), holder.get(1), holder.get(2))
                : holder);
        save();
    }
}
