package dev.entrepot.zoo.catalogue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.entrepot.zoo.store.StoreFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The database that a catalogue is in: its connections, its migrations, and transactions on it. */
public final class Database implements AutoCloseable {

    private static final int ATTEMPTS = 12;
    private static final long PAUSE_MILLIS = 100;
    private static final int OPENINGS = 5;
    private static final int CONNECTIONS = 12;
    private static final String MIGRATIONS = "classpath:dev/entrepot/zoo/catalogue/migration";

    private final DatabaseUrl url;
    private final HikariDataSource connections;

    private Database(DatabaseUrl url, HikariDataSource connections) {
        this.url = url;
        this.connections = connections;
    }

    /** What is done in a transaction. It may be done again from the start, if another transaction was in its way. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T in(Transaction transaction) throws SQLException, IOException;
    }

    /**
     * Connects, and brings the tables up to date.
     *
     * @throws DatabaseException if the database is not to be had
     */
    public static Database open(DatabaseUrl url) throws IOException {
        if (url.isH2() && System.getProperty("h2.bindAddress") == null) {
            // H2 reads it when its classes load; without it the server for other processes listens on every interface.
            System.setProperty("h2.bindAddress", "127.0.0.1");
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url.url());
        config.setDriverClassName(url.isH2() ? "org.h2.Driver" : "org.postgresql.Driver");
        if (!url.user().isEmpty()) {
            config.setUsername(url.user());
            config.setPassword(url.password());
        }
        config.setPoolName("catalogue");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setInitializationFailTimeout(5_000);
        for (int attempt = 1; ; attempt++) {
            try {
                return new Database(url, connected(config));
            } catch (RuntimeException e) {
                // When the process that had H2's file open has just died, several others may reach for it at once.
                if (attempt == OPENINGS || !url.isH2() || !isBetweenOwners(e)) {
                    throw new DatabaseException("the catalogue in " + url + " cannot be opened: " + reason(e), e);
                }
                pause(attempt);
            }
        }
    }

    private static HikariDataSource connected(HikariConfig config) {
        HikariDataSource connections = new HikariDataSource(config);
        try {
            migrate(connections);
            return connections;
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    private static boolean isBetweenOwners(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && isGone(e)) {
                return true;
            }
        }
        return false;
    }

    private static void migrate(DataSource connections) throws FlywayException {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(connections)
                .locations(MIGRATIONS)
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    /** Connections for what others keep in the same database. Auto-commit is off. */
    public DataSource dataSource() {
        return connections;
    }

    /** Where it is. */
    public DatabaseUrl url() {
        return url;
    }

    /**
     * Reads.
     *
     * @throws DatabaseException if the database fails
     */
    public <T> T read(Work<T> work) throws IOException {
        return done(work, connection -> {}, Once.OR_MORE);
    }

    /**
     * Reads and writes, all or nothing. When this returns, it is safe on the disk.
     *
     * @throws StoreFullException if the disk is full
     * @throws DatabaseException if the database fails, or another transaction is in the way again and again
     */
    public <T> T write(Work<T> work) throws IOException {
        return done(work, afterwards(), Once.ONLY);
    }

    /**
     * As {@link #write}, for work that does no harm when it is done twice. It goes on also where the connection broke in the middle of a commit,
     * so that nobody knows whether that happened.
     *
     * @throws StoreFullException if the disk is full
     * @throws DatabaseException if the database fails again and again
     */
    public <T> T writeRepeatable(Work<T> work) throws IOException {
        return done(work, afterwards(), Once.OR_MORE);
    }

    private Afterwards afterwards() {
        return url.isH2() ? Database::settle : connection -> {};
    }

    /** How often work may be committed. */
    private enum Once {
        ONLY,
        OR_MORE
    }

    /** What follows a commit. */
    @FunctionalInterface
    private interface Afterwards {
        void on(Connection connection) throws SQLException;
    }

    private <T> T done(Work<T> work, Afterwards afterwards, Once once) throws IOException {
        for (int attempt = 1; ; attempt++) {
            boolean committing = false;
            try (Connection connection = connections.getConnection()) {
                T result = prepared(connection, work);
                committing = true;
                connection.commit();
                afterwards.on(connection);
                return result;
            } catch (SQLException e) {
                boolean mayRepeat = !committing || once == Once.OR_MORE;
                if (attempt == ATTEMPTS || !isInTheWay(e) && !(isGone(e) && mayRepeat)) {
                    throw failure(e);
                }
                pause(attempt);
            }
        }
    }

    private static <T> T prepared(Connection connection, Work<T> work) throws SQLException, IOException {
        try {
            return work.in(new Transaction(connection));
        } catch (SQLException | IOException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException more) {
                e.addSuppressed(more);
            }
            throw e;
        }
    }

    /**
     * Writes all tables as of now to a zip file with one file in it, {@code catalogue.mv.db}, while others go on working. H2 alone can do that.
     *
     * @return whether it is H2
     * @throws DatabaseException if the database fails
     */
    public boolean backup(Path zip) throws IOException {
        if (!url.isH2()) {
            return false;
        }
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("backup to '" + zip.toAbsolutePath().toString().replace("'", "''") + "'");
            return true;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** H2 writes a commit to its file, but leaves it to the system when that comes to the disk; PostgreSQL has done it. */
    private static void settle(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        }
    }

    /** Two made the same row, a deadlock, a lock that took too long, or a snapshot too old: another attempt sees what the other did. */
    private static boolean isInTheWay(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.equals("23505") || state.startsWith("40") || state.equals("HYT00") || state.equals("90131");
    }

    /** The server has gone, or the process that had H2's file open has: the next connection finds another, or opens the file itself. */
    private static boolean isGone(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08")
                || state.equals("8000")
                || state.startsWith("57P")
                || state.equals("90121")
                || state.equals("90098")
                || state.equals("90067")
                || state.equals("90020");
    }

    private static void pause(int attempt) throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the catalogue was busy");
        }
    }

    private static IOException failure(SQLException e) {
        String message = reason(e).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("disk full") || message.contains("quota exceeded")) {
            return new StoreFullException("the catalogue's disk is full");
        }
        return new DatabaseException("the catalogue failed: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        connections.close();
    }
}
