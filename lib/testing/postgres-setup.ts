import { randomUUID } from "node:crypto";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { applyMigrations } from "../../scripts/apply-migrations.mjs";
import { openThrowawayCluster } from "../../scripts/postgres/throwaway.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated, empty database nobody connects to: `createTestDatabase` copies it. */
    templateDatabaseUrl: string;
  }
}

/** One real PostgreSQL for the run: our own throwaway one, or the server of TEST_DATABASE_URL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const template = `test_template_${randomUUID().replaceAll("-", "")}`;
  const templateUrl = urlOfDatabase(server.url, template);
  try {
    await runOn(server.url, `CREATE DATABASE "${template}"`);
    await applyMigrations(templateUrl);
  } catch (error) {
    await server.close();
    throw error;
  }
  project.provide("templateDatabaseUrl", templateUrl);
  return async () => {
    await runOn(server.url, `DROP DATABASE IF EXISTS "${template}" WITH (FORCE)`);
    await server.close();
  };
}

async function openServer(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, close: async () => {} };
  const cluster = await openThrowawayCluster({ label: "test" });
  return { url: cluster.url, close: () => cluster.remove() };
}

function urlOfDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.toString();
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
