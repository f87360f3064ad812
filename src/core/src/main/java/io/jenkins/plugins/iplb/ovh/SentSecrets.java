package io.jenkins.plugins.iplb.ovh;

import java.util.List;
import java.util.stream.Stream;
import okhttp3.Request;

/**
 * What goes to OVH with a request and to nobody else: an answer may repeat it, and nobody is told of that.
 *
 * @param texts the longest first: a whole key before its lines, which an answer may break in another way
 */
record SentSecrets(List<String> texts) {
    private static final String INSTEAD = "********";

    static SentSecrets of(ApiCall call, Request request) {
        Stream<String> proofs = Stream.of("Authorization", "X-Ovh-Consumer")
                .map(request::header)
                .filter(header -> header != null)
                .map(header -> header.replaceFirst("^Bearer ", ""));
        Stream<String> fields = call.secrets().stream()
                .map(name -> call.body().map(body -> body.get(name)))
                .flatMap(value -> value.stream().map(each -> each.asText()));
        return new SentSecrets(Stream.concat(proofs, fields)
                .flatMap(text -> Stream.concat(Stream.of(text.strip()), text.lines()))
                .filter(text -> !text.isBlank() && !isFrame(text))
                .sorted((one, other) -> other.length() - one.length())
                .toList());
    }

    /** What all keys begin and end with. */
    private static boolean isFrame(String line) {
        return line.startsWith("-----") && line.lines().count() == 1;
    }

    /** The same without them. Null for null. */
    String cut(String said) {
        if (said == null) {
            return null;
        }
        String left = said;
        for (String each : texts) {
            left = left.replace(each, INSTEAD);
        }
        return left;
    }

    @Override
    public String toString() {
        return texts.size() + " secrets";
    }
}
