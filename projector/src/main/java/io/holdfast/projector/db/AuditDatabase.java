package io.holdfast.projector.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * An audit database: how to connect to it.
 *
 * @param jdbcUrl for example {@code jdbc:postgresql://127.0.0.1:5432/audit?user=holdfast}
 */
public record AuditDatabase(String jdbcUrl) {
  private static final String MIGRATIONS = "classpath:io/holdfast/projector/db";
  private static final int READERS = 8;

  public AuditDatabase {
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "'"
              + shown(jdbcUrl)
              + "' is no URL of a PostgreSQL database;"
              + " allowed: jdbc:postgresql://HOST:PORT/DATABASE?user=USER&password=PASSWORD");
    }
  }

  /** Makes the schema, or brings it up to date. Safe to do from two processes at once. */
  public void migrate() {
    Flyway.configure()
        .dataSource(jdbcUrl, null, null)
        .locations(MIGRATIONS)
        .validateMigrationNaming(true)
        .load()
        .migrate();
  }

  /**
   * A connection for writing. Commits do not wait for the disk: rows and positions are lost
   * together, and read from the log again.
   */
  public Connection writer() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("ApplicationName", "holdfast-projector");
    settings.setProperty("tcpKeepAlive", "true");
    settings.setProperty("loginTimeout", "10");
    settings.setProperty("prepareThreshold", "1");
    Connection connection = DriverManager.getConnection(jdbcUrl, settings);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
      // Always by index: on tables that grow from nothing, statistics are wrong when it matters.
      statement.execute("SET enable_seqscan = off");
      statement.execute("SET enable_hashjoin = off");
      statement.execute("SET enable_mergejoin = off");
      statement.execute("SET jit = off");
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A pool of connections for questions; the caller closes it. */
  public ReaderPool readers() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setPoolName("audit");
    config.setMaximumPoolSize(READERS);
    config.setMinimumIdle(1);
    config.setReadOnly(true);
    config.setConnectionTimeout(5_000);
    // Opened when first asked for: the service starts without its database, and says so.
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql("SET statement_timeout = '60s'; SET jit = off");
    return new ReaderPool(new HikariDataSource(config));
  }

  /** Closes with its owner. */
  public record ReaderPool(HikariDataSource pool) implements AutoCloseable {
    public DataSource source() {
      return pool;
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  /** Without what follows the question mark: a password may stand there. */
  public String shown() {
    return shown(jdbcUrl);
  }

  private static String shown(String url) {
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }

  @Override
  public String toString() {
    return shown();
  }
}
