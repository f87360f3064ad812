package io.jenkins.plugins.iplb.sandbox.haproxy;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What HAProxy itself says of a request.
 *
 * @param frontend its id
 * @param farm the id of the farm that got the request; empty for none
 * @param server the id of the server; empty where a farm had none to give
 * @param status of the answer over http; empty for a connection
 * @param route the id of the route that was taken; empty for none
 * @param held the ids of the rules that hold, of the routes that were asked
 * @param location where the client was sent; empty for nowhere
 * @param failure why nothing became of the connection; empty where something did
 */
public record Verdict(
        long frontend,
        OptionalLong farm,
        OptionalLong server,
        OptionalInt status,
        OptionalLong route,
        Set<Long> held,
        Optional<String> location,
        Optional<String> failure) {
    private static final String MARK = "iplb";
    private static final String FAILED = "iplb-failed";

    static final String ERROR_FORMAT = FAILED + " %f %[fc_err_str]";

    private static final Pattern LINE = Pattern.compile(MARK + " (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) \\[([^]]*)] (.*)");
    private static final Pattern ERROR_LINE = Pattern.compile(FAILED + " (\\S+) (.*)");
    private static final Pattern FRONTEND = Pattern.compile("(?:http|tcp)-frontend-(\\d+)");
    private static final Pattern FARM = Pattern.compile("(?:http|tcp)-farm-(\\d+)");
    private static final Pattern SERVER = Pattern.compile("server-(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("(\\d+)");

    /** How it is said. */
    static String format(boolean http) {
        return "%s %%f %%b %%s %s %%[var(txn.route)] [%%[var(txn.held)]] %%[var(txn.location)]"
                .formatted(MARK, http ? "%ST" : "-");
    }

    /** @param line of HAProxy's log; empty for one about something else */
    public static Optional<Verdict> read(String line) {
        Matcher said = LINE.matcher(line);
        if (said.matches() && id(FRONTEND, said.group(1)).isPresent()) {
            OptionalLong status = id(NUMBER, said.group(4));
            return Optional.of(new Verdict(
                    id(FRONTEND, said.group(1)).getAsLong(),
                    id(FARM, said.group(2)),
                    id(SERVER, said.group(3)),
                    status.isPresent() && status.getAsLong() > 0
                            ? OptionalInt.of((int) status.getAsLong())
                            : OptionalInt.empty(),
                    id(NUMBER, said.group(5)),
                    Arrays.stream(said.group(6).split(" "))
                            .flatMapToLong(each -> id(NUMBER, each).stream())
                            .boxed()
                            .collect(Collectors.toUnmodifiableSet()),
                    Optional.of(said.group(7)).filter(location -> !location.equals("-")),
                    Optional.empty()));
        }
        Matcher failed = ERROR_LINE.matcher(line);
        return failed.matches() && id(FRONTEND, failed.group(1)).isPresent()
                ? Optional.of(new Verdict(
                        id(FRONTEND, failed.group(1)).getAsLong(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        Set.of(),
                        Optional.empty(),
                        Optional.of(failed.group(2))))
                : Optional.empty();
    }

    /** The same for another reason. */
    public Verdict failing(String reason) {
        return new Verdict(frontend, farm, server, status, route, held, location, Optional.of(reason));
    }

    private static OptionalLong id(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
