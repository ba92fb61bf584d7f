import { expect, it } from "vitest";
import { clientAddress } from "./client-address";

const behindProxy = "https://incidents.example.com";
const direct = "http://localhost:39731";

it.each<[string, string, Record<string, string>, string]>([
  ["behind a proxy what it saw", behindProxy, { "x-forwarded-for": "1.1.1.1, 2.2.2.2" }, "2.2.2.2"],
  [
    "behind a proxy not the proxy",
    behindProxy,
    { "x-forwarded-for": "2.2.2.2", "x-incident-monitor-peer": "10.0.0.1" },
    "2.2.2.2",
  ],
  ["behind a silent proxy the proxy", behindProxy, { "x-incident-monitor-peer": "10.0.0.1" }, "10.0.0.1"],
  [
    "directly the socket, whatever is claimed",
    direct,
    { "x-forwarded-for": "2.2.2.2", "x-incident-monitor-peer": "::1" },
    "::1",
  ],
  ["in development what Next says", direct, { "x-forwarded-for": "::1" }, "::1"],
  ["nothing known", direct, {}, "unknown"],
])("is %s", (_, publicUrl, headers, expected) => {
  expect(clientAddress((name) => headers[name], publicUrl)).toBe(expected);
});
