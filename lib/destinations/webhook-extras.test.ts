import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  sampleDestination,
  sampleEnvelope,
  samplePayloadSubject,
  samplePublishRequest,
} from "@/e2e/fakes/sample-payload";
import { createSelfSignedCertificate } from "@/e2e/fakes/self-signed-certificate";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import type { JsonObject } from "@/lib/domain/config";
import { reason } from "@/lib/domain/reason";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import type { AdapterContext } from "./destination";
import { webhookAdapter } from "./webhook";

const fetch = createSafeFetch();
const development = { allow_insecure_http: true, allow_private_networks: true };
const client = createSelfSignedCertificate("client.test");
const serverSide = createSelfSignedCertificate("localhost");
const values: Record<string, string> = {
  "env:TANDEM_HOOK_SECRET": "a-webhook-secret",
  "env:TANDEM_GATEWAY": "Bearer gateway-token-1",
  "env:TANDEM_SPLIT": "one\r\nx-smuggled: two",
  "file:client.pem": client.cert,
  "file:client.key": client.key,
  "file:ca.pem": serverSide.cert,
  "file:text": "no certificate",
};
const context: AdapterContext = {
  fetch,
  resolveSecret: (reference) =>
    values[reference]
      ? { ok: true, values: [values[reference]] }
      : { ok: false, reason: reason("secret_unset", `The secret ${reference} is not set on this host.`) },
  privateNetworks: [],
  nowMs: Date.now(),
};
const destinationOf = (config: JsonObject, webhookUrl: string) =>
  sampleDestination({
    ...{ kind: "webhook", webhookUrl, webhookSecretRef: "env:TANDEM_HOOK_SECRET" },
    config: { ...development, ...config },
  });

function publish(config: JsonObject, url: string) {
  const destination = destinationOf(config, url);
  const rendered = webhookAdapter.render(destination, samplePayloadSubject());
  if (!rendered.ok) throw new Error(rendered.reason.message);
  const body = webhookAdapter.seal(rendered.payload, sampleEnvelope);
  return webhookAdapter.publish(destination, samplePublishRequest(rendered.payload, body), context);
}

describe("headers of the receiver's own", () => {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await startWebhookReceiver({ secrets: ["a-webhook-secret"] });
  });
  afterAll(() => receiver.close());
  const reasons = (config: JsonObject) =>
    webhookAdapter.readiness(destinationOf(config, receiver.url), context).map((each) => each.code);

  it("are sent beside the signature, from their references", async () => {
    const headers = { Authorization: "env:TANDEM_GATEWAY" };
    expect(await publish({ headers }, receiver.url)).toMatchObject({ outcome: "published" });
    const [seen] = receiver.requests;
    expect(seen?.headers.authorization).toBe("Bearer gateway-token-1");
    expect(seen?.headers["x-tandem-signature"]).toMatch(/^t=\d+,v1=/);
  });

  it.each([
    ["one that is not set", { headers: { "x-a": "env:TANDEM_NONE" } }, ["secret_unset"]],
    ["one of ours", { headers: { "X-Tandem-Signature": "env:TANDEM_GATEWAY" } }, ["header_reserved"]],
    ["framing", { headers: { "Transfer-Encoding": "env:TANDEM_GATEWAY" } }, ["header_reserved"]],
    ["a name that is none", { headers: { "x a": "env:TANDEM_GATEWAY" } }, ["headers_malformed"]],
    [
      "a value that would smuggle another",
      { headers: { "x-a": "env:TANDEM_SPLIT" } },
      ["header_value_malformed"],
    ],
    ["a list", { headers: ["x-a"] }, ["headers_malformed"]],
    ["a certificate without its key", { client_cert_ref: "file:client.pem" }, ["client_tls_incomplete"]],
    [
      "a certificate that is none",
      { client_cert_ref: "file:text", client_key_ref: "file:client.key" },
      ["client_tls_malformed"],
    ],
  ])("%s makes it unready, and nothing is sent", async (_name, config, codes) => {
    const before = receiver.requests.length;
    expect(reasons(config)).toEqual(codes);
    const outcome = await publish(config, receiver.url);
    expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: codes[0] } });
    expect(JSON.stringify([outcome, reasons(config)])).not.toMatch(/gateway-token|smuggled|PRIVATE KEY/);
    expect(receiver.requests).toHaveLength(before);
  });

  it("thin: ids and digests alone leave, and the reviewer is told what does not", () => {
    const rendered = webhookAdapter.render(
      destinationOf({ payload_mode: "thin" }, receiver.url),
      samplePayloadSubject(),
    );
    if (!rendered.ok) throw new Error(rendered.reason.message);
    const { content } = rendered.payload;
    expect(content).toMatchObject({ mode: "thin", incident: null, issue_draft: null });
    expect(content.draft).toMatchObject({ draft_id: expect.any(String), evidence_digest: "a".repeat(64) });
    expect(JSON.stringify(content)).not.toMatch(/Checkout times out|POST \/checkout|src\/pay|log:\/\//);
    expect(rendered.payload.rendered.sections.map((each) => each.heading)).toEqual(["Sent", "Not sent"]);
  });
});

describe("mutual TLS", () => {
  let server: Server;
  let url: string;
  const seen: string[] = [];
  beforeAll(async () => {
    const options = { ...serverSide, requestCert: true, rejectUnauthorized: true, ca: [client.cert] };
    server = createServer(options, (request, response) => {
      seen.push((request.socket as TLSSocket).getPeerCertificate().subject.CN);
      request.resume().on("end", () => response.writeHead(202).end());
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    url = `https://localhost:${(server.address() as AddressInfo).port}/hook`;
  });
  afterAll(() => new Promise<void>((closed) => server.close(() => closed())));
  const identity = { client_cert_ref: "file:client.pem", client_key_ref: "file:client.key" };

  it("shows the client's certificate to a receiver that asks for one", async () => {
    const outcome = await publish({ ...identity, server_ca_ref: "file:ca.pem" }, url);
    expect(outcome).toMatchObject({ outcome: "published" });
    expect(seen).toEqual(["client.test"]);
  });

  it("does not lend that certificate, nor the trusted CA, to a destination without them", async () => {
    expect(await publish({}, url)).toMatchObject({ outcome: expect.not.stringMatching("published") });
    expect(await publish(identity, url)).toMatchObject({ outcome: expect.not.stringMatching("published") });
    expect(seen).toEqual(["client.test"]);
  });
});

afterAll(() => fetch.destroy());
