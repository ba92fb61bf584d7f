import { defineConfig } from "prisma/config";

/** `generate` and `validate` need no database; whatever connects gets its URL from scripts/prisma.mjs. */
export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://set-DATABASE_URL.invalid/incident_monitor" },
});
