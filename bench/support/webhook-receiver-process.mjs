// Checks both signatures of every delivery, keeps its key and when it came, and answers 202.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { nowMs } from "./latencies.mjs";

const secret = process.env.BENCH_WEBHOOK_SECRET ?? "";
const tandemKey = Buffer.from(secret, "utf8");
const standardKey = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
let arrivals = [];
let invalid = 0;

const server = createServer((request, response) => {
  const at = nowMs();
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { headers } = request;
    const body = Buffer.concat(chunks);
    if (!isSigned(headers, body)) invalid += 1;
    arrivals.push({
      key: String(headers["idempotency-key"]),
      deliveryId: String(headers["x-tandem-delivery-id"]),
      draftId: /"draft_id":"([^"]+)"/.exec(body.toString("latin1"))?.[1] ?? "",
      at,
    });
    response.writeHead(202, { "content-type": "application/json" }).end('{"accepted":true}');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));

process.on("message", (message) => {
  if (message === "count") return process.send({ count: arrivals.length });
  process.send({ arrivals, invalid });
  arrivals = [];
  invalid = 0;
});
process.on("disconnect", () => process.exit());

/** Both schemes, from their descriptions alone: Tandem's over `<ms>.<body>`, Standard Webhooks' over `<id>.<s>.<body>`. */
function isSigned(headers, body) {
  const [, ms, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-tandem-signature"])) ?? [];
  const [, base64] = /^v1,(\S+)$/.exec(String(headers["webhook-signature"])) ?? [];
  if (!ms || !base64) return false;
  const tandem = createHmac("sha256", tandemKey).update(`${ms}.`).update(body).digest();
  const standard = createHmac("sha256", standardKey)
    .update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`)
    .update(body)
    .digest();
  return same(tandem, Buffer.from(hex, "hex")) && same(standard, Buffer.from(base64, "base64"));
}

const same = (left, right) => left.length === right.length && timingSafeEqual(left, right);
