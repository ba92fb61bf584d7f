import { Pool } from "undici";

/** The documented API over keep-alive connections. `call` throws for anything but 200, with the answer's own words. */
export function openApi({ url, token }, connections = 16) {
  const pool = new Pool(url, { connections, headersTimeout: 60_000, bodyTimeout: 60_000 });
  const call = async (method, path, body, contentType = "application/json") => {
    const answer = await pool.request({
      method,
      path,
      headers: { authorization: `Bearer ${token}`, "content-type": contentType },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 500)}`);
    return answer.headers["content-type"]?.includes("json") ? JSON.parse(text) : text;
  };
  return {
    call,
    configure: (patch) => call("PATCH", "/config/incident-monitor", { incident_monitor: patch }),
    close: () => pool.close(),
  };
}

/** Runs `work` for every item, `width` at a time. */
export async function inLanes(items, width, work) {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await work(items[next++]);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** One call every `1000 / perSecond` ms, on time whether or not earlier ones have ended; waits for all of them. */
export async function atPace(items, perSecond, work) {
  const startedAt = performance.now();
  const under = [];
  for (const [index, item] of items.entries()) {
    const waitMs = startedAt + (index * 1_000) / perSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    under.push(work(item));
  }
  return Promise.all(under);
}
