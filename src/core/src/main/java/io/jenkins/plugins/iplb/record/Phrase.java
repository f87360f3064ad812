package io.jenkins.plugins.iplb.record;

/** The sentences in which a change is spoken of. Each is about a subject and, if that is part of something, its place. */
public enum Phrase {
    ADDED("added", Relation.TO, "%s added%s"),
    WOULD_ADD("would-add", Relation.TO, "%s would be added%s"),
    ADDING("adding", Relation.TO, "Adding %s%s"),
    CHANGED("changed", Relation.OF, "%s%s changed"),
    WOULD_CHANGE("would-change", Relation.OF, "%s%s would be changed"),
    CHANGING("changing", Relation.OF, "Changing %s%s"),
    REMOVED("removed", Relation.FROM, "%s removed%s"),
    WOULD_REMOVE("would-remove", Relation.FROM, "%s would be removed%s"),
    REMOVING("removing", Relation.FROM, "Removing %s%s"),
    MOVED("moved", Relation.TOWARDS, "%s moved%s"),
    WOULD_MOVE("would-move", Relation.TOWARDS, "%s would be moved%s"),
    MOVING("moving", Relation.TOWARDS, "Moving %s%s"),
    REFRESHED("refreshed", Relation.OF, "%s%s refreshed"),
    WOULD_REFRESH("would-refresh", Relation.OF, "%s%s would be refreshed"),
    REFRESHING("refreshing", Relation.OF, "Refreshing %s%s"),
    NOTHING_TO_CHANGE("nothing-to-change", Relation.OF, "Nothing to change: %s%s"),
    NOTHING_TO_REMOVE("nothing-to-remove", Relation.OF, "Nothing to remove: there is no %s%s"),
    NOTHING_TO_MOVE("nothing-to-move", Relation.AT, "Nothing to move: %s is%s, or on its way there"),
    NOTHING_TO_REFRESH("nothing-to-refresh", Relation.OF, "Nothing to refresh: no change is pending");

    /** How a sentence leads from its subject to its place. */
    public enum Relation {
        TO("to", " to %s"),
        FROM("from", " from %s"),
        OF("of", " of %s"),
        TOWARDS("towards", " to %s"),
        AT("at", " at %s");

        private final String code;
        private final String english;

        Relation(String code, String english) {
            this.code = code;
            this.english = english;
        }

        /** The stable name, by which translations have it. */
        public String code() {
            return code;
        }

        String english(String place) {
            return english.formatted(place);
        }
    }

    private final String code;
    private final Relation relation;
    private final String english;

    Phrase(String code, Relation relation, String english) {
        this.code = code;
        this.relation = relation;
        this.english = english;
    }

    /** What to say of it at that stage. */
    static Phrase of(About about, Stage stage) {
        return switch (about.meant()) {
            case ADDED -> at(stage, WOULD_ADD, ADDING, ADDED, NOTHING_TO_CHANGE);
            case CHANGED, UNCHANGED -> at(stage, WOULD_CHANGE, CHANGING, CHANGED, NOTHING_TO_CHANGE);
            case REMOVED, ABSENT -> at(stage, WOULD_REMOVE, REMOVING, REMOVED, NOTHING_TO_REMOVE);
            case MOVED -> at(stage, WOULD_MOVE, MOVING, MOVED, NOTHING_TO_MOVE);
            case REFRESHED -> at(stage, WOULD_REFRESH, REFRESHING, REFRESHED, NOTHING_TO_REFRESH);
        };
    }

    private static Phrase at(Stage stage, Phrase planned, Phrase begun, Phrase done, Phrase nothing) {
        return switch (stage) {
            case PLANNED -> planned;
            case BEGUN -> begun;
            case DONE -> done;
            case NOTHING_TO_DO -> nothing;
        };
    }

    /** The stable name, by which translations have it. */
    public String code() {
        return code;
    }

    Relation relation() {
        return relation;
    }

    String english(String subject, String place) {
        return english.formatted(subject, place);
    }
}
