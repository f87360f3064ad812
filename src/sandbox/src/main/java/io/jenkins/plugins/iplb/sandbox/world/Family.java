package io.jenkins.plugins.iplb.sandbox.world;

/** The kinds of object that every protocol family has, more or less. */
public enum Family {
    frontend("frontendId"),
    farm("farmId"),
    server("serverId"),
    route("routeId"),
    rule("ruleId");

    private final String idField;

    Family(String idField) {
        this.idField = idField;
    }

    /** The name of the id, in objects and in path templates. */
    public String idField() {
        return idField;
    }
}
