import { createApi } from "@/lib/api/app";
import { installProcess } from "@/lib/auth/process";
import { type Database, openDatabase } from "@/lib/db/client";
import { keyedHash } from "@/lib/digest";
import { newId } from "@/lib/ids";
import type { Services } from "@/lib/pipeline/context";
import { closeChangeHub } from "@/lib/pipeline/settings/subscribe-changes";
import { testServices } from "./context";
import { createTestDatabase } from "./database";

export type TestApi = {
  db: Database;
  tokens: { admin: string; service: string; agent: string };
  /** Calls the application itself, as the server does; `token` null sends none. */
  call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  /** A GET as admin whose body is left unread, for streams. */
  request: (path: string) => Promise<Response>;
  close: () => Promise<void>;
};
export type CallOptions = {
  token?: string | null;
  body?: unknown;
  raw?: string;
  headers?: Record<string, string>;
};
// Bodies are read loosely in tests: each asserts on what it is about.
export type Answer = { status: number; headers: Headers; body: any; text: string };

/** The API on a fresh database with one token of each kind. */
export async function createTestApi(services: Partial<Services> = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const db = openDatabase(database.url);
  const all = { ...testServices(), ...services };
  installProcess({
    db,
    services: all,
    authSecret: "test-secret-test-secret-test-secret",
    publicUrl: "http://localhost:39731",
  });
  const tokens = {
    admin: "tim_token_admin_for_tests",
    service: "tim_token_service_for_tests",
    agent: "tim_token_agent_for_tests",
  };
  for (const [kind, raw] of Object.entries(tokens)) {
    await db.prisma.apiToken.create({
      data: {
        id: newId.token(),
        name: kind,
        kind: kind as "admin",
        prefix: "tim_token_",
        tokenHash: keyedHash(all.pepper, raw),
        createdBy: { kind: "system", id: "test", name: "test" },
      },
    });
  }
  const api = createApi();
  const call: TestApi["call"] = async (
    method,
    path,
    { token = tokens.admin, body, raw, headers = {} } = {},
  ) => {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await api.request(`http://localhost:39731${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(payload !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(payload !== undefined && { body: payload }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  return {
    db,
    tokens,
    call,
    request: async (path) =>
      api.request(`http://localhost:39731${path}`, { headers: { authorization: `Bearer ${tokens.admin}` } }),
    close: async () => {
      await closeChangeHub(db);
      await db.close();
      await database.drop();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
