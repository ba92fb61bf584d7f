import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { hashPassword } from "@/lib/auth/password";
import { newId } from "@/lib/ids";

export type Person = { email: string; password: string };

/** Somebody with a role, written to the server's database: there is no verb yet that creates people. */
export async function addPerson(dataDir: string, role: string): Promise<Person> {
  const { databaseUrl } = JSON.parse(readFileSync(join(dataDir, "run.json"), "utf8")) as {
    databaseUrl: string;
  };
  const person = { email: `${role}@example.test`, password: randomBytes(12).toString("base64url") };
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      // A worker that begins anew after a failed journey meets the person of the one before.
      `INSERT INTO users (id, email, name, role, password_hash) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (email) DO UPDATE SET password_hash = EXCLUDED.password_hash`,
      [newId.user(), person.email, `The ${role}`, role, await hashPassword(person.password)],
    );
  } finally {
    await client.end();
  }
  return person;
}
