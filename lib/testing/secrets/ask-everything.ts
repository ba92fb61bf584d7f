import { createApi, openApiDocument } from "@/lib/api/app";
import { apiRoutes } from "@/lib/api/routes";
import { type JsonEndpoint, jsonEndpoints } from "../json-endpoints";
import type { Credential } from "../matrix-ground";
import type { SecretsGround } from "./ground";
import { type Leak, shapeNames } from "./planted";
import { sprayedBody } from "./spray";

export type Asked = { key: string; status: number; text: string };
type Asking = Credential & { body?: unknown; raw?: string; by?: string };

export const operationOf = ({ method, path }: Pick<JsonEndpoint, "method" | "path">) => `${method} ${path}`;

/** Asks the API whatever its document says that it may be asked, and looks for the planted secrets in all it answers. */
export function askingEverything(ground: SecretsGround) {
  const { planted, api, matrix } = ground;
  const parameters: Record<string, string> = { ...matrix.parameters("shop"), ...ground.records };
  const endpoints = jsonEndpoints();
  const leaks: Leak[] = [];
  const reached = new Set<string>();
  /** Places that show what was planted in plain sight: the search got there. */
  const shown = new Set<string>();

  async function ask(method: string, path: string, { by = "admin", ...options }: Asking = {}) {
    const answer = await api.call(method, path, options);
    const place = `${method} ${path.split("?")[0]?.replaceAll(/[\w-]{30,}/g, "…")}`;
    const text = `${answer.text}\n${JSON.stringify([...answer.headers])}`;
    leaks.push(...planted.leaks(`${place} (${answer.status}, ${by})`, text));
    if (text.includes(planted.plain)) shown.add(place);
    return answer;
  }

  const inPath = (path: string, given: Record<string, string> = parameters) =>
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given[name] ?? "none"));

  /** One body with secrets in every text that is taken there; what is refused is left out and the rest sent again. */
  async function send(endpoint: JsonEndpoint): Promise<Asked> {
    const path = inPath(endpoint.path);
    const key = operationOf(endpoint);
    const without = new Set<string>();
    const scoped = endpoint.path.endsWith("/intake/report");
    let credential: Credential = scoped ? await matrix.credentials.keyHeader(matrix.keys.shop) : {};
    for (;;) {
      const body = sprayedBody({ planted, endpoint, without, known: (name) => known(name, endpoint) });
      const answer = await ask(endpoint.method, path, { ...credential, ...(body !== undefined && { body }) });
      if (answer.status === 403 && !credential.headers && !scoped) {
        credential = await matrix.credentials.cookie("admin");
        continue;
      }
      const named = [
        ...(answer.body?.issues ?? []).map((each: { path: string }) => each.path),
        answer.body?.field,
      ]
        .filter(Boolean)
        .map((each: string) => sentPath(each, endpoint))
        .filter((each) => !without.has(each));
      if (answer.status === 200) {
        reached.add(key);
        remember(key, answer.body);
      }
      if (answer.status === 200 || named.length === 0)
        return { key, status: answer.status, text: answer.text };
      for (const each of named) without.add(each);
    }
  }

  /** What has to be of a form, or has to name something that is there. */
  function known(name: string, endpoint: JsonEndpoint): string | undefined {
    const formed: Record<string, string> = {
      ...{ repo: "acme/shop", workspace_root: ground.root, email: "somebody@example.test" },
      ...{
        from: "09:00",
        to: "10:00",
        zone: "UTC",
        path: "app.log",
        auth_ref: "env:INCIDENT_MONITOR_SECRET_MCP",
      },
      ...{ webhook_destination_id: "takes", issue_template: "{{body}}" },
      url: `https://mcp.example.com/${planted.text(`${operationOf(endpoint)} url`, "vendor token")}`,
      webhook_url: `https://hooks.example.com/?token=${planted.opaque("a webhook's address")}`,
      webhook_secret_ref: "env:INCIDENT_MONITOR_SECRET_HOOK",
    };
    return parameters[name] ?? formed[name];
  }

  /** Keys, tokens and links are said here, once; from then on they are secrets as any other. */
  function remember(key: string, body: unknown): void {
    if (typeof body !== "object" || body === null) return;
    for (const [name, value] of Object.entries(body)) {
      if (typeof value !== "string" || !/^(?:raw_\w+|link)$/.test(name)) continue;
      planted.given(`${name} of ${key}`, value.split("#").at(-1) ?? value);
    }
  }

  /** Every question there is; `narrowed`: also with every value of a list that it may be narrowed to. */
  async function read(by: string, credential: Credential = {}, { narrowed = false } = {}): Promise<void> {
    for (const { path, parameters: declared } of questions()) {
      const query = [needed(path)];
      if (narrowed)
        for (const { name, values } of declared) query.push(...values.map((value) => `?${name}=${value}`));
      for (const each of query) {
        const answer = await ask("GET", inPath(path + each), { ...credential, by });
        if (answer.status === 200) reached.add(`GET ${path}`);
      }
    }
  }

  /** What has to be asked for, where the question alone is none. */
  function needed(path: string): string {
    if (path.endsWith("/log-sources/browse")) return `?root=${encodeURIComponent(ground.allowedRoot)}`;
    if (path.endsWith("/evidence")) return `?reference=${encodeURIComponent(ground.records.evidence)}`;
    return "";
  }

  /** Secrets where something else belongs: in paths, queries, headers, names of members, and what is no JSON. */
  async function askWrongly(): Promise<void> {
    for (const { method, path } of apiRoutes) {
      const secret = (place: string, at: number) =>
        planted.text(`${method} ${path} ${place}`, shapeNames[at % shapeNames.length] ?? "pair");
      const wrong = Object.fromEntries(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""], at) => [
          name,
          secret(`{${name}}`, at === 0 ? 0 : 5),
        ]),
      );
      const verb = method.toUpperCase();
      const writes = verb !== "GET" && verb !== "DELETE";
      const query = new URLSearchParams({ limit: secret("?limit", 0), project_id: secret("?project_id", 5) });
      await ask(verb, `${inPath(path, wrong)}?${query}`, writes ? { body: [secret("body", 0)] } : {});
      await ask(verb, inPath(path), {
        token: secret("token", 0),
        ...(writes && { raw: `{"a": ${secret("raw", 0)}` }),
      });
      if (!writes) continue;
      const headers = { "if-match": `"${secret("If-Match", 0)}"`, "x-request-id": secret("X-Request-Id", 0) };
      await ask(verb, inPath(path, wrong), {
        headers,
        body: { [secret("a name", 0)]: { [secret("a name", 0)]: 1 } },
      });
    }
  }

  /** Hears the stream of events from now on; what it said is searched when it is stopped. */
  async function hear(): Promise<() => Promise<number>> {
    const response = await api.request("/incident-monitor/events");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const heard: string[] = [];
    const hearing = (async () => {
      for (;;) {
        const { done, value } = (await reader?.read()) ?? { done: true };
        if (done) return;
        heard.push(value ?? "");
      }
    })();
    return async () => {
      await reader?.cancel();
      await hearing;
      leaks.push(...planted.leaks("the stream of events", heard.join("")));
      return heard.length;
    };
  }

  return { endpoints, leaks, reached, shown, send, read, askWrongly, hear };
}

type Question = { path: string; parameters: Array<{ name: string; values: string[] }> };

function questions(): Question[] {
  const document = openApiDocument(createApi());
  return Object.entries(document.paths).flatMap(([path, { get }]) => {
    if (!get) return [];
    const parameters = (get.parameters ?? [])
      .filter((each) => each.in === "query")
      .map(({ name, schema }) => ({ name, values: (schema as { enum?: string[] })?.enum ?? [] }));
    return [{ path, parameters }];
  });
}

/** Issues of one part of the configuration say where it stands in all of it; what is left out is left out of what was sent. */
function sentPath(path: string, { path: route }: JsonEndpoint): string {
  if (!route.startsWith("/config/") || route === "/config/incident-monitor") return path;
  const inner = /^(?:destinations|routes|monitored_projects)\[\d+\]\.?(.*)$/.exec(path)?.[1] ?? path;
  return route.endsWith("{source_id}") ? (/^log_sources\[\d+\]\.?(.*)$/.exec(inner)?.[1] ?? inner) : inner;
}
