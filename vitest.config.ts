import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/**
 * Three projects: `unit` needs nothing; `database` shares one real PostgreSQL started once for the run; `faults` starts
 * the built server and hurts it.
 */
export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "lib/**/*.test.ts",
            "components/**/*.test.ts",
            "clients/typescript/**/*.test.{ts,mjs}",
            "scripts/**/*.test.mjs",
          ],
          exclude: ["**/*.db.test.*", "node_modules/**", ".next/**"],
          // Laws are tried on many inputs: on a busy machine that takes longer than vitest's five seconds.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["lib/**/*.db.test.ts", "clients/typescript/**/*.db.test.ts", "scripts/**/*.db.test.mjs"],
          globalSetup: ["lib/testing/postgres-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["e2e/faults/**/*.fault.test.ts"],
          globalSetup: ["lib/testing/postgres-setup.ts"],
          // One after another: each brings its own servers, and what is measured are times.
          fileParallelism: false,
          // Every wait inside has its own deadline; a hundred rounds of a kill take a while.
          testTimeout: 3_600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
