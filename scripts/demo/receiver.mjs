import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { readSecret, secretFile, writeSecret } from "../secrets.mjs";
import { DemoError } from "./closing.mjs";

const secretName = "demo-webhook";
const bodyByteMax = 1024 * 1024;

/**
 * A webhook receiver as a customer would write it: it knows the secret, checks Standard Webhooks with the public
 * `standardwebhooks` package and `x-tandem-signature` from its description alone, and refuses what does not verify.
 */
export async function startReceiver({ dataDir, preferredUrl }) {
  const { Webhook } = await loadStandardWebhooks();
  const secret = secretOf(dataDir);
  const standard = new Webhook(secret);
  /** @type {Map<string, { deliveryId: string, standardValid: boolean, tandemValid: boolean, body: string }>} */
  const deliveries = new Map();
  let wake = () => {};

  const server = createServer((request, response) => {
    const chunks = [];
    let size = 0;
    request.on("error", () => {});
    request.on("data", (chunk) => {
      size += chunk.length;
      if (size > bodyByteMax) request.destroy();
      else chunks.push(chunk);
    });
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const { headers } = request;
      const checked = {
        deliveryId: String(headers["x-tandem-delivery-id"] ?? headers["webhook-id"] ?? ""),
        standardValid: isStandardValid(standard, headers, body),
        tandemValid: isTandemValid(secret, headers["x-tandem-signature"], body),
        body,
      };
      deliveries.set(checked.deliveryId, checked);
      const valid = checked.standardValid && checked.tandemValid;
      response.writeHead(valid ? 202 : 401, { "content-type": "application/json" });
      response.end(JSON.stringify(valid ? { accepted: true } : { error: "the signature does not verify" }));
      wake();
    });
  });
  const port = await listen(server, preferredUrl);

  return {
    url: `http://127.0.0.1:${port}/hook`,
    secretRef: `file:${secretName}`,
    secretFile: secretFile(dataDir, secretName),
    /** For the search that proves it is shown nowhere. */
    secret,
    deliveries,
    /** Settles at the next request. */
    nextRequest: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function loadStandardWebhooks() {
  try {
    return await import("standardwebhooks");
  } catch {
    throw new DemoError("the package standardwebhooks is not installed: run `npm ci` first.");
  }
}

function secretOf(dataDir) {
  try {
    const kept = readSecret(dataDir, secretName);
    if (kept) return kept;
    const made = `whsec_${randomBytes(32).toString("base64")}`;
    writeSecret(dataDir, secretName, made);
    return made;
  } catch (error) {
    throw new DemoError(
      `cannot write the demo's webhook secret (${error.code}): --data-dir must be the server's own data folder, here ${dataDir}.`,
    );
  }
}

function isStandardValid(standard, headers, body) {
  try {
    standard.verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

/** `t=<ms>,v1=<hex>` over `<ms>.<body>`, keyed by the secret's own bytes. */
function isTandemValid(secret, header, body) {
  const pairs = String(header ?? "")
    .split(",")
    .map((pair) => pair.split("="));
  const timestamp = pairs.find(([name]) => name === "t")?.[1] ?? "";
  const expected = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest();
  return pairs
    .filter(([name]) => name === "v1")
    .map(([, hex]) => Buffer.from(hex ?? "", "hex"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

/** The port of the last demo when it is free, so that what was queued for it still arrives; any other one else. */
async function listen(server, preferredUrl) {
  const preferred = URL.canParse(preferredUrl ?? "") ? new URL(preferredUrl) : null;
  const wanted = preferred?.hostname === "127.0.0.1" ? Number(preferred.port) || 0 : 0;
  for (const port of wanted ? [wanted, 0] : [0]) {
    try {
      await new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", resolve);
      });
      return server.address().port;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || port === 0) throw error;
    }
  }
}
