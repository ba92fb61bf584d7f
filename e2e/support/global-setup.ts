import { startServer } from "./server";

/** Starts the server the journeys run against; what they need to know of it travels in the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startServer();
  Object.assign(process.env, {
    E2E_URL: server.url,
    E2E_TOKEN: server.token,
    E2E_EMAIL: server.email,
    E2E_PASSWORD: server.password,
    E2E_DATA_DIR: server.dataDir,
    E2E_LOG_ROOT: server.logRoot,
  });
  return () => server.stop();
}
