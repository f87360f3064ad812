package io.jenkins.plugins.iplb.lock;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database in which the locks are.
 *
 * @param address with neither user nor password
 * @param password empty for the one in {@code ~/.pgpass}, or none
 */
record LockDatabase(URI address, Optional<String> user, Optional<String> password) {
    private static final String ALLOWED =
            "postgresql://[user@]host[:port]/database, behind ? nothing but sslmode, sslrootcert, sslcert and sslkey; the password is in PGPASSWORD or ~/.pgpass";

    /** Others would name classes to load. */
    private static final Set<String> PARAMETERS = Set.of("sslmode", "sslrootcert", "sslcert", "sslkey");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** @throws InvalidInput for what is no such address; it does not repeat a password */
    static LockDatabase parse(String variable, String given, Optional<String> password) {
        try {
            URI uri = new URI(given);
            String user = uri.getUserInfo();
            if (user != null && user.contains(":")) {
                throw new InvalidInput(variable, "an address with a password", ALLOWED);
            }
            boolean isDatabase = "postgresql".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPath().length() > 1
                    && uri.getFragment() == null;
            if (isDatabase && parameters(uri).allMatch(PARAMETERS::contains)) {
                URI address =
                        new URI("postgresql", null, uri.getHost(), uri.getPort(), uri.getPath(), uri.getQuery(), null);
                return new LockDatabase(address, Optional.ofNullable(user), password);
            }
        } catch (URISyntaxException e) {
            // As any other that is none.
        }
        throw new InvalidInput(variable, given.replaceAll("//[^/]*@", "//…@"), ALLOWED);
    }

    private static Stream<String> parameters(URI uri) {
        return uri.getQuery() == null
                ? Stream.empty()
                : Arrays.stream(uri.getQuery().split("&")).map(parameter -> parameter.replaceFirst("=.*", ""));
    }

    /** A connection within a transaction that may last. */
    Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:" + address);
        user.ifPresent(source::setUser);
        password.ifPresent(source::setPassword);
        source.setApplicationName("iplb");
        source.setConnectTimeout((int) PATIENCE.toSeconds());
        source.setSocketTimeout((int) PATIENCE.toSeconds());
        source.setTcpKeepAlive(true);
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
