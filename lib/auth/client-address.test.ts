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

it.each<[string, string, string]>([
  ["one network of the public IPv6 space", "2001:db8:1:2::1", "2001:db8:1:2::/64"],
  ["the same from another address of it", "2001:db8:1:2:ffff:0:a:b", "2001:db8:1:2::/64"],
  ["and however it is written", "[2001:0DB8:0001:0002::7]:51234", "2001:db8:1:2::/64"],
  ["zeros in the network", "2a02::9", "2a02:0:0:0::/64"],
  ["the network beside it is another", "2001:db8:1:3::1", "2001:db8:1:3::/64"],
  ["an IPv4 caller on a socket of both families", "::ffff:192.0.2.7", "192.0.2.7"],
  ["whatever port it comes from", "192.0.2.7:40001", "192.0.2.7"],
  ["this machine", "::1", "::1"],
  ["a link", "fe80::1%eth0", "fe80::1%eth0"],
  ["what is no address", "_hidden", "_hidden"],
])("counts together: %s", (_, lastHop, expected) => {
  expect(clientAddress(() => lastHop, behindProxy)).toBe(expected);
});
