import pg from "pg";

/** The measured server's own database, for set-up and for evidence. */
export function openBenchDatabase(url, connections = 2) {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  // The database ends with its server; what is idle then is no loss.
  pool.on("error", () => undefined);
  return pool;
}
