import { createApi } from "@/lib/api/app";
import { installProcess, type Process } from "@/lib/auth/process";
import { type Database, openDatabase } from "@/lib/db/client";
import { keyedHash } from "@/lib/digest";
import { newId } from "@/lib/ids";
import type { Services } from "@/lib/pipeline/context";
import { closeChangeHub } from "@/lib/pipeline/settings/subscribe-changes";
import { requireDocumented } from "./api-answers";
import { testServices } from "./context";
import { createTestDatabase } from "./database";

export type TestApi = {
  db: Database;
  process: Process;
  tokens: { admin: string; service: string; agent: string };
  /** `token` null sends none. */
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

export type TestApiOptions = Pick<Process, "corsOrigins"> & {
  /** `http`: through the server's front door on a real port; else the application is called itself. */
  over?: "application" | "http";
};

/** The API on a fresh database with one token of each kind. */
export async function createTestApi(
  services: Partial<Services> = {},
  { corsOrigins, over = "application" }: TestApiOptions = {},
): Promise<TestApi> {
  const database = await createTestDatabase();
  const db = openDatabase(database.url);
  const all = { ...testServices(), ...services };
  const process: Process = {
    db,
    services: all,
    authSecret: "test-secret-test-secret-test-secret",
    publicUrl: "http://localhost:39731",
    corsOrigins,
  };
  installProcess(process);
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
  // Loaded only where it is wanted: with the server comes all of Next.
  const served = over === "http" ? await (await import("./served-api")).serveApi() : null;
  const send = async (path: string, init: RequestInit): Promise<Response> =>
    served ? fetch(`${served.url}${path}`, init) : api.request(`http://localhost:39731${path}`, init);
  const call: TestApi["call"] = async (
    method,
    path,
    { token = tokens.admin, body, raw, headers = {} } = {},
  ) => {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await send(path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(payload !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(payload !== undefined && { body: payload }),
    });
    const text = await textOf(response);
    const answer = { status: response.status, headers: response.headers, text, body: parsed(text) };
    requireDocumented(method, path, answer);
    return answer;
  };
  return {
    db,
    process,
    tokens,
    call,
    request: async (path) => send(path, { headers: { authorization: `Bearer ${tokens.admin}` } }),
    close: async () => {
      await served?.close();
      await closeChangeHub(db);
      await db.close();
      await database.drop();
    },
  };
}

/** A stream of events never ends: that it opened is all there is to read. */
async function textOf(response: Response): Promise<string> {
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) return response.text();
  await response.body?.cancel();
  return "";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
