package io.jenkins.plugins.iplb.jenkins.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The plans of one build, in a file of their own beside {@code build.xml}: the last one of each load balancer. */
public final class BuildPlans {
    private static final String FILE = "iplb-plans.json";

    private final Run<?, ?> run;

    public BuildPlans(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * From now on the build has its page of plans.
     *
     * @param report of a configuration, which was to change nothing
     * @return where on the page it is, below the build
     */
    public String keep(Report report) {
        ObjectNode plan = Fields.none()
                .with("service", report.service())
                .with("at", IplbController.get().clock().instant().toString())
                .json()
                .setAll(report.result());
        synchronized (BuildPlans.class) {
            ObjectNode all = all();
            all.set(report.service(), plan);
            store(all);
        }
        PlansAction.show(run);
        return PlansAction.URL_NAME + "#" + report.service();
    }

    List<ShownPlan> shown() {
        List<ShownPlan> shown = new ArrayList<>();
        all().forEach(plan -> shown.add(new ShownPlan(plan)));
        return shown;
    }

    private ObjectNode all() {
        try {
            JsonNode known = Files.exists(file()) ? Json.MAPPER.readTree(Files.readString(file())) : null;
            return known instanceof ObjectNode all ? all : Json.MAPPER.createObjectNode();
        } catch (JsonProcessingException e) {
            return Json.MAPPER.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void store(ObjectNode all) {
        try (AtomicFileWriter file = new AtomicFileWriter(file(), StandardCharsets.UTF_8)) {
            file.write(all.toString());
            file.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return run.getRootDir().toPath().resolve(FILE);
    }
}
