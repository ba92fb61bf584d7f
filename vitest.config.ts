import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Two projects: `unit` needs nothing; `database` shares one real PostgreSQL started once for the run. */
export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["lib/**/*.test.ts", "components/**/*.test.ts", "scripts/**/*.test.mjs"],
          exclude: ["**/*.db.test.*", "node_modules/**", ".next/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["lib/**/*.db.test.ts", "scripts/**/*.db.test.mjs"],
          globalSetup: ["lib/testing/postgres-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
