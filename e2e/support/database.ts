import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** The database of a server that runs from this folder, for what no API does: breaking it, and seeding what breaks seldom. */
export async function withDatabase<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { databaseUrl } = JSON.parse(readFileSync(join(dataDir, "run.json"), "utf8")) as {
    databaseUrl: string;
  };
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
