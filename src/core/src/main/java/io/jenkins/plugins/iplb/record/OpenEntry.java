package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An entry that is being written. What a method reports is durable when it returns; when it cannot be made so, it
 * throws an {@link io.jenkins.plugins.iplb.failure.IplbException}. After {@link #end} every method throws an
 * {@link IllegalStateException}: an ended entry is never altered. Safe for use by several threads.
 */
public interface OpenEntry {
    /** A random UUID; what {@link Journal#resume} asks for. */
    String id();

    /**
     * What was found, and what the plan makes different.
     *
     * @param before the objects concerned as they were read, before anything was sent
     * @param diff field by field; empty when there is nothing to do
     */
    void planned(JsonNode before, List<Difference> diff);

    /**
     * A call that is about to be sent; reported before it is, with the fate {@link Fate#UNKNOWN}.
     *
     * @param path with its leading slash, below the endpoint's base URL
     * @param body the JSON body, or {@code null} when there is none
     * @return what takes the answer
     */
    SentCall sent(String method, String path, JsonNode body);

    /** The calls whose fate is unknown, oldest first: after a crash, what must be looked up before going on. */
    List<SentCall> unsettled();

    /**
     * A task of OVH as it was last seen. The first report of a kind and id adds the task, later ones update it; a
     * report that says nothing new writes nothing.
     *
     * @param zones the zones it concerns; empty for a task that has none
     * @param status in OVH's word
     */
    void task(TaskKind kind, long id, List<String> zones, String status);

    /** As {@link #task}, for the last report: the task is over, well or not. */
    void taskEnded(TaskKind kind, long id, List<String> zones, String status);

    /** The objects concerned as they are once the calls were made. */
    void after(JsonNode after);

    /**
     * Ends the entry.
     *
     * @param outcome any but {@link Outcome#IN_PROGRESS}
     * @param result what the caller gets to see, such as the ids of what was created; or {@code null}
     * @param error why, unless the outcome is {@link Outcome#CHANGED} or {@link Outcome#UNCHANGED}; else {@code null}
     */
    void end(Outcome outcome, ObjectNode result, RecordedError error);
}
