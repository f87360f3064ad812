package io.jenkins.plugins.iplb.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.ansible.spec.Names;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.RecordedError;
import io.jenkins.plugins.iplb.run.Report;
import java.util.List;
import java.util.Map;

/** What a module says in the end, in Ansible's form and with Ansible's kind of names. */
final class Answer {
    private Answer() {}

    static ObjectNode of(Report report, Call call, String record) {
        ObjectNode answer = Json.MAPPER.createObjectNode().put("changed", report.changed());
        if (report.about().isPresent()) {
            answer.put("msg", report.headline(call.check(), "force: true"));
        }
        answer.setAll((ObjectNode) snakeCased(report.result()));
        answer.putObject("calls").put("reads", report.reads()).put("writes", report.writes());
        if (record != null && report.entry().isPresent()) {
            answer.putObject("record")
                    .put("path", record)
                    .put("entry", report.entry().get());
        }
        if (call.diff()) {
            answer.set("diff", diff(report, call));
        }
        return answer;
    }

    static ObjectNode failure(IplbException failure) {
        RecordedError error = Report.error(failure);
        Fields details = Fields.none()
                .with("kind", error.kind())
                .with("http_status", error.httpStatus())
                .with("error_code", error.errorCode())
                .with("query_id", error.queryId());
        return Fields.none()
                .with("failed", true)
                .with("msg", error.message())
                .with("error", details.json())
                .json();
    }

    /** The same with a placeholder for each of the secrets, wherever somebody repeats one. */
    static JsonNode without(List<String> secrets, JsonNode answer) {
        if (answer instanceof TextNode text) {
            String hidden = text.textValue();
            for (String secret : secrets) {
                hidden = hidden.replace(secret, "********");
            }
            return TextNode.valueOf(hidden);
        }
        if (answer instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                each.setValue(without(secrets, each.getValue()));
            }
        } else if (answer instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, without(secrets, array.get(i)));
            }
        }
        return answer;
    }

    /** One line for each thing that is different, in the words of the options: what Ansible makes of it is a unified diff. */
    private static ObjectNode diff(Report report, Call call) {
        String title = call.module() + (report.service() == null ? "" : " on " + report.service());
        return Json.MAPPER
                .createObjectNode()
                .put("before_header", title + ", as it is")
                .put("after_header", title + ", as it is to be")
                .put("before", lines(report.diff(), true))
                .put("after", lines(report.diff(), false));
    }

    private static String lines(List<Difference> differences, boolean before) {
        StringBuilder lines = new StringBuilder();
        for (Difference each : differences) {
            (before ? each.was() : each.becomes())
                    .ifPresent(side -> lines.append(option(each.path()))
                            .append(": ")
                            .append(side)
                            .append('\n'));
        }
        return lines.toString();
    }

    /** Of a configuration the object comes first, by a name that somebody gave it. */
    private static String option(String path) {
        int parameter = path.lastIndexOf(": ") + 1;
        return path.substring(0, parameter) + Names.snakeCased(path.substring(parameter));
    }

    private static JsonNode snakeCased(JsonNode json) {
        if (json instanceof ObjectNode object) {
            ObjectNode renamed = Json.MAPPER.createObjectNode();
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                renamed.set(Names.snakeCased(each.getKey()), snakeCased(each.getValue()));
            }
            return renamed;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode renamed = Json.MAPPER.createArrayNode();
            for (JsonNode each : array) {
                renamed.add(snakeCased(each));
            }
            return renamed;
        }
        return json;
    }
}
