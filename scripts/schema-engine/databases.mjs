import pg from "pg";

/** Runs `work` with a connected client and always closes it. */
async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** `"name"`, with embedded quotes doubled: database names cannot be query parameters. */
const quoteIdentifier = (name) => `"${name.replaceAll('"', '""')}"`;

export const databaseName = (url) => decodeURIComponent(new URL(url).pathname.slice(1));

/** The same server and credentials, another database. */
export function urlOfDatabase(url, name) {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.toString();
}

export async function databaseExists(url) {
  try {
    await withClient(url, (client) => client.query("select 1"));
    return true;
  } catch (error) {
    if (error.code === "3D000") return false; // invalid_catalog_name
    throw error;
  }
}

export async function createDatabase(url) {
  const name = databaseName(url);
  await withClient(urlOfDatabase(url, "postgres"), (client) =>
    client.query(`CREATE DATABASE ${quoteIdentifier(name)}`),
  );
  return name;
}

export async function dropDatabase(url) {
  const name = databaseName(url);
  await withClient(urlOfDatabase(url, "postgres"), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`),
  );
}
