import { expect, it } from "vitest";
import { leadsElsewhere, urlChecks } from "./url-checks";

const failed = (url: string, config?: Record<string, unknown>) =>
  urlChecks(url, config)
    .filter((check) => check.result === "fail")
    .map((check) => check.key);

it.each<[string, Record<string, unknown> | undefined, string[]]>([
  ["https://hooks.example.com/x", undefined, []],
  ["hooks.example.com", undefined, ["scheme"]],
  ["ftp://hooks.example.com", undefined, ["scheme"]],
  ["http://hooks.example.com", undefined, ["scheme"]],
  ["http://hooks.example.com", { allow_insecure_http: true }, []],
  ["http://hooks.example.com", { allow_insecure_http: "true" }, ["scheme"]],
  ["https://user:pass@hooks.example.com", undefined, ["credentials"]],
  ["https://10.1.2.3/x", undefined, ["address"]],
  ["https://192.168.0.9:9000/x", { allow_private_networks: true }, []],
  ["https://[::1]/x", undefined, ["address"]],
  ["https://printer.local/x", undefined, ["address"]],
  ["https://127.1/x", undefined, ["address"]],
  ["https://hooks.example.com:9000", undefined, ["port"]],
  ["https://hooks.example.com", { allowed_hosts: ["other.example.com"] }, ["host"]],
  ["https://hooks.example.com", { allowed_hosts: ["HOOKS.example.com"] }, []],
])("%s with %j", (url, config, keys) => expect(failed(url, config)).toEqual(keys));

it.each([
  ["https://a.example/x", "https://a.example/y", false],
  ["https://a.example/x", "https://b.example/x", true],
  ["https://a.example/x", "http://a.example/x", true],
  ["https://a.example/x", "", true],
  [undefined, "https://a.example/x", false],
])("from %s to %s", (saved, now, elsewhere) => expect(leadsElsewhere(saved, now)).toBe(elsewhere));
