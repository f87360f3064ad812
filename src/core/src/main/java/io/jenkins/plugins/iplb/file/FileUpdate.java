package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A change file that somebody has written, made to say what is there. What differs is changed where it stands; what is gone
 * loses its lines; what the file's collections lack is added at their ends. All else stays as it is written: comments,
 * order, quotes, indentation, anchors, and placeholders that stand for what is there.
 *
 * @param text of the file
 * @param changes what is different in it, in a line each: behind a plus, a minus or a tilde
 * @param remarks what it could not be told, in a sentence each
 */
public record FileUpdate(String text, List<String> changes, List<String> remarks) {
    /** What is changed may uncover what it stood in for, so that it is looked at again. */
    private static final int MOST_ROUNDS = 50;

    /**
     * Reads what is staged.
     *
     * @param name what messages call the file
     * @param values what {@code ${NAME}} stands for
     * @throws BadFile for a file that cannot be meant
     * @throws IplbException naming the place of what cannot be changed where it stands
     */
    public static FileUpdate of(
            String name, String text, Function<String, Optional<String>> values, Snapshot lb, Parts parts) {
        return of(name, text, values, new Description(Contents.of(lb)), parts);
    }

    private static FileUpdate of(
            String name, String text, Function<String, Optional<String>> values, Description lb, Parts parts) {
        ChangeFile.read(name, text, values).of(lb.service());
        parts.check(lb);
        Set<String> changes = new LinkedHashSet<>();
        Set<String> remarks = new LinkedHashSet<>();
        String written = text;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Page page = new Page(name, written);
            Mistakes mistakes = new Mistakes();
            List<YamlNode> documents = new Composer(name, new Placeholders(values), mistakes).documents(written);
            mistakes.refuse();
            Edits edits = new Edits();
            for (int i = 0; i < documents.size(); i++) {
                if (documents.get(i) instanceof Mapping document && isAbout(document, lb.service())) {
                    new DocumentUpdate(new Update(page, lb, edits, changes, remarks), parts)
                            .document(document, page.documents().get(i));
                }
            }
            if (edits.isEmpty()) {
                refuseUnread(name, written, values);
                return new FileUpdate(written, List.copyOf(changes), List.copyOf(remarks));
            }
            written = edits.in(written);
        }
        throw new IplbException(
                FailureKind.REFUSED,
                "%s: what is there cannot be said in it by changing lines; write the difference yourself: %s"
                        .formatted(name, String.join("; ", changes)));
    }

    /** What one object says now, others may take from it, and cannot say. */
    private static void refuseUnread(String name, String written, Function<String, Optional<String>> values) {
        try {
            ChangeFile.read(name, written, values);
        } catch (BadFile e) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s: an object takes from another what is not its own when it says what is there: %s"
                            .formatted(
                                    e.mistakes().get(0).place(),
                                    e.mistakes().get(0).message()),
                    e);
        }
    }

    private static boolean isAbout(Mapping document, String service) {
        return document.entries().stream()
                .filter(entry -> entry.key().equals(StateReader.LOAD_BALANCER))
                .anyMatch(entry -> Values.SERVICE
                        .of(StateReader.LOAD_BALANCER, entry.value().json())
                        .asText()
                        .equals(service));
    }
}
