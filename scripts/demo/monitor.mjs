import { setTimeout as sleep } from "node:timers/promises";
import { DemoError } from "./closing.mjs";

export const destinationId = "demo-webhook";
export const projectId = "demo-shop";

const timeoutMs = 20_000;
const saveAttemptMax = 5;

/** The API with an admin token. Every answer's text is kept: the demo looks through all of them for leaked secrets. */
export function createMonitor({ url, token }) {
  /** @type {{ from: string, text: string }[]} */
  const answers = [];

  async function call(method, path, body, { expect = [200], headers = {}, keep = true } = {}) {
    let response;
    try {
      response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      throw new DemoError(
        `no answer from ${url} (${error.cause?.code ?? error.message}). Is the server running?`,
      );
    }
    const text = await response.text();
    if (keep) answers.push({ from: `${method} ${path}`, text });
    if (!expect.includes(response.status)) throw new DemoError(refusal(method, path, response.status, text));
    return { status: response.status, body: JSON.parse(text) };
  }

  const get = async (path) => (await call("GET", path)).body;
  const post = async (path, body = {}, options = {}) => (await call("POST", path, body, options)).body;
  const config = async () => (await get("/config/incident-monitor")).incident_monitor;

  return {
    url,
    answers,
    get,
    post,

    async requireAdmin() {
      const { status, body } = await call("GET", "/incident-monitor/session", undefined, {
        expect: [200, 401],
      });
      if (status === 401)
        throw new DemoError(`${url} does not accept the token: pass its admin token with --token.`);
      if (!body.permissions.includes("configure"))
        throw new DemoError("the token may not change the configuration: the demo needs an admin token.");
    },

    /** Where the last demo listened: its retries and its configured row are still good if this one listens there too. */
    async demoWebhookUrl() {
      const row = (await config()).destinations.find((each) => each.destination_id === destinationId);
      return row?.webhook_url ?? null;
    },

    /** Reads, changes and saves the configuration; again when somebody else saved in between. */
    async changeConfig(change) {
      for (let attempt = 1; ; attempt++) {
        const before = await config();
        const patch = change(before);
        if (patch === null) return before;
        const { status, body } = await call(
          "PATCH",
          "/config/incident-monitor",
          { incident_monitor: { ...patch, updated_at_ms: before.updated_at_ms } },
          { expect: [200, 409] },
        );
        if (status === 200) return body.incident_monitor;
        if (attempt === saveAttemptMax)
          throw new DemoError("the configuration keeps changing; try again later.");
        await sleep(100 * attempt);
      }
    },

    /** The answer that holds the raw key is not kept: showing it once is its purpose. */
    async createKey(name) {
      const { body } = await call(
        "POST",
        "/incident-monitor/intake/keys",
        { project_id: projectId, name },
        { keep: false },
      );
      return { keyId: body.key.key_id, rawKey: body.raw_key };
    },

    disableKey: (keyId) => post(`/incident-monitor/intake/keys/${encodeURIComponent(keyId)}/disable`),
  };
}

function refusal(method, path, status, text) {
  let words = text.slice(0, 300);
  try {
    const problem = JSON.parse(text);
    words = [problem.error, problem.detail === problem.error ? null : problem.detail, problem.code]
      .filter(Boolean)
      .join("; ");
  } catch {
    // Not our JSON: shown as it came.
  }
  return `${method} ${path.split("?")[0]} answered ${status}: ${words}`;
}
