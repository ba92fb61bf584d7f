import type { ConfigWire, DestinationWire } from "@/lib/contracts/config";
import type { DraftWire } from "@/lib/contracts/draft";
import type { PostWire } from "@/lib/contracts/post";
import type { IntakeReportWire, SubmissionWire } from "@/lib/contracts/report";

type Answer<Body> = { status: number; body: Body };
type Call = { token?: string; headers?: Record<string, string> };

/** The documented API, as a script of the host would use it: with the admin token, or with what a journey gives. */
export type Monitor = {
  url: string;
  call: <Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    call?: Call,
  ) => Promise<Answer<Body>>;
  config: () => Promise<ConfigWire>;
  patchConfig: (patch: Record<string, unknown>) => Promise<ConfigWire>;
  report: (report: SubmissionWire) => Promise<DraftWire>;
  addProject: (projectId: string, more?: Record<string, unknown>) => Promise<void>;
  addDestination: (row: Partial<DestinationWire> & { destination_id: string }) => Promise<void>;
  createKey: (projectId: string) => Promise<string>;
  /** With a scoped key in its own header. */
  intake: (rawKey: string, body: IntakeReportWire) => Promise<Answer<Record<string, unknown>>>;
  postsOf: (draftId: string) => Promise<PostWire[]>;
};

export function createMonitor(url: string, adminToken: string): Monitor {
  const call: Monitor["call"] = async (method, path, body, { token = adminToken, headers = {} } = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        "content-type": "application/json",
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, body: await response.json() };
  };
  /** For what must succeed: a refusal's words end the journey. */
  const done: Monitor["call"] = async (method, path, body) => {
    const answer = await call(method, path, body);
    if (answer.status === 200) return answer as never;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };

  const config = async () =>
    (await done<{ incident_monitor: ConfigWire }>("GET", "/config/incident-monitor")).body.incident_monitor;
  const patchConfig = async (patch: Record<string, unknown>) => {
    const wrapped = { incident_monitor: patch };
    const answer = await done<{ incident_monitor: ConfigWire }>("PATCH", "/config/incident-monitor", wrapped);
    return answer.body.incident_monitor;
  };

  return {
    url,
    call,
    config,
    patchConfig,
    report: async (report) =>
      (await done<{ draft: DraftWire }>("POST", "/incident-monitor/report", { report })).body.draft,
    addProject: async (projectId, more = {}) => {
      const { monitored_projects: rows } = await config();
      const row = {
        project_id: projectId,
        name: projectId,
        repo: "acme/shop",
        workspace_root: "/workspace/repos/shop",
        ...more,
      };
      await patchConfig({
        monitored_projects: [...rows.filter((each) => each.project_id !== projectId), row],
      });
    },
    addDestination: async (row) => {
      const others = (await config()).destinations.filter(
        (each) => each.destination_id !== row.destination_id,
      );
      await patchConfig({ destinations: [...others, { name: row.destination_id, ...row }] });
    },
    createKey: async (projectId) => {
      const wanted = { project_id: projectId, name: `Key of ${projectId}` };
      return (await done<{ raw_key: string }>("POST", "/incident-monitor/intake/keys", wanted)).body.raw_key;
    },
    intake: (rawKey, body) =>
      call("POST", "/incident-monitor/intake/report", body, {
        token: "",
        headers: { "x-tandem-incident-monitor-intake-key": rawKey },
      }),
    postsOf: async (draftId) => {
      const query = new URLSearchParams({ draft_id: draftId });
      return (await done<{ posts: PostWire[] }>("GET", `/incident-monitor/posts?${query}`)).body.posts;
    },
  };
}
