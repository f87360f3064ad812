package io.jenkins.plugins.iplb.lock;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An advisory lock of PostgreSQL, that of a transaction: a pooler that deals out its connections by transaction gives two
 * sessions the same connection, and both of them the lock of it.
 */
final class AdvisoryLock {
    /** A transaction that holds a lock is idle; and who dies without a word is not to hold it for two hours. */
    private static final String LASTING = """
            select set_config(name, case
                when name like '%timeout' then '0'
                when name = 'tcp_keepalives_count' then '3'
                else '10' end, true)
            from pg_settings where name in ('idle_in_transaction_session_timeout', 'transaction_timeout',
                'tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count')""";

    private final LockDatabase database;
    private final String loadBalancer;
    private Connection connection;
    private boolean ours;
    private String why = "it has not been asked for";

    AdvisoryLock(LockDatabase database, String loadBalancer) {
        this.database = database;
        this.loadBalancer = loadBalancer;
    }

    /**
     * A connection that waited may have been lost on the way, and is made anew.
     *
     * @return whether there is nothing to wait for: it is ours, or nobody can tell whose it is, and no write goes out
     */
    synchronized boolean take() {
        boolean again = connection != null;
        try {
            return taken();
        } catch (SQLException e) {
            lost(e);
            return !again || take();
        }
    }

    private boolean taken() throws SQLException {
        if (connection == null) {
            connection = database.connect();
        }
        ours = isFree();
        if (!ours) {
            connection.rollback();
        }
        return ours;
    }

    private boolean isFree() throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            query(LASTING);
            lock.setLong(1, key());
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** @throws IplbException when it is not ours, or no longer */
    synchronized void require() {
        if (ours) {
            try {
                query("select 1");
            } catch (SQLException e) {
                lost(e);
            }
        }
        if (!ours) {
            throw new IplbException(
                    FailureKind.UNAVAILABLE,
                    "the lock of %s in %s is not held: %s. Somebody else may change it now, so this was not sent"
                            .formatted(loadBalancer, database, why));
        }
    }

    synchronized void release() {
        ours = false;
        why = "it was given back";
        close();
    }

    private void lost(SQLException failure) {
        ours = false;
        why = failure.getMessage();
        close();
    }

    /** With the connection goes the transaction, and with that the lock. */
    private void close() {
        if (connection != null) {
            try (Connection closing = connection) {
                connection = null;
                closing.rollback();
            } catch (SQLException e) {
                // It is gone already.
            }
        }
    }

    private void query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long key() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("ovh-iplb " + loadBalancer).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
