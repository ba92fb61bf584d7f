import { describe, expect, it } from "vitest";
import { hostileUrls } from "@/e2e/fakes/hostile-urls";
import { checkUrl, type UrlPolicy } from "./url-policy";

const strict: UrlPolicy = {
  allowInsecureHttp: false,
  allowPrivateNetworks: false,
  privateNetworks: [],
  allowedHosts: [],
};

function codes(url: string, policy: Partial<UrlPolicy> = {}): string[] {
  const verdict = checkUrl(url, { ...strict, ...policy });
  return verdict.ok ? [] : verdict.reasons.map((item) => item.code);
}

describe("checkUrl", () => {
  it.each([
    "https://hooks.example.com/incident",
    "https://hooks.example.com:8443/incident?key=1",
    "https://HOOKS.Example.com./incident",
    "https://münchen.example/hook",
    "https://xn--mnchen-3ya.example/hook",
    "https://8.8.8.8/hook",
    "https://[2606:4700:4700::1111]/hook",
    "https://localhost.example.com/hook",
    "https://internal.example.com/hook",
  ])("allows %s", (url) => expect(codes(url)).toEqual([]));

  it.each([
    ["http://hooks.example.com/", {}, ["url_insecure"]],
    ["http://hooks.example.com/", { allowInsecureHttp: true }, []],
    ["http://hooks.example.com:80/", { allowInsecureHttp: true }, []],
    ["ftp://hooks.example.com/", { allowInsecureHttp: true }, ["url_scheme"]],
    ["https://hooks.example.com:9000/", {}, ["url_port"]],
    ["https://hooks.example.com:9000/", { allowPrivateNetworks: true }, []],
    ["https://127.0.0.1/", {}, ["address_loopback"]],
    ["https://127.0.0.1:9000/", { allowPrivateNetworks: true }, []],
    ["https://[::1]/", {}, ["address_loopback"]],
    ["https://[::1]/", { allowPrivateNetworks: true }, []],
    ["https://[::ffff:127.0.0.1]/", {}, ["address_ipv4_mapped"]],
    ["https://[::ffff:127.0.0.1]/", { allowPrivateNetworks: true }, ["address_ipv4_mapped"]],
    ["https://169.254.169.254/", { allowPrivateNetworks: true }, ["address_link_local"]],
    ["https://2130706433/", { allowPrivateNetworks: true }, ["url_host_disguised"]],
    ["https://localhost/", {}, ["url_host_local"]],
    ["https://localhost:3000/", { allowPrivateNetworks: true }, []],
    ["https://receiver:3000/", { allowPrivateNetworks: true }, []],
    ["https://10.2.0.1/", { allowPrivateNetworks: true, privateNetworks: ["10.1.0.0/16"] }, 1],
    ["https://u:p@hooks.example.com/", {}, ["url_credentials"]],
    ["https://hooks.example.com/", { allowedHosts: ["hooks.example.com"] }, []],
    ["https://HOOKS.example.com./", { allowedHosts: [" Hooks.Example.COM. "] }, []],
    ["https://a.hooks.example.com/", { allowedHosts: ["hooks.example.com"] }, ["url_host_not_allowed"]],
    ["https://hooks.example.com/", { allowedHosts: ["*.example.com"] }, ["url_host_not_allowed"]],
    ["https://xn--mnchen-3ya.example/", { allowedHosts: ["münchen.example"] }, []],
    ["https://[::1]/", { allowPrivateNetworks: true, allowedHosts: ["::1"] }, []],
    ["https://127.0.0.1/", { allowedHosts: ["127.0.0.1"] }, ["address_loopback"]],
    ["http://u@127.1:22/", {}, 5],
  ] as Array<[string, Partial<UrlPolicy>, string[] | number]>)(
    "%s with %o gives %o",
    (url, policy, expected) => {
      const found = codes(url, policy);
      if (typeof expected === "number") expect(found).toHaveLength(expected);
      else expect(found).toEqual(expected);
    },
  );

  it("drops the trailing dot and the fragment from what is connected to", () => {
    const verdict = checkUrl("https://hooks.example.com./a?b=c#d", strict);
    expect(verdict.ok && verdict.url.href).toBe("https://hooks.example.com/a?b=c");
  });

  it("never repeats a URL's credentials or query in a reason", () => {
    const verdict = checkUrl("http://user:hunter2@10.0.0.1:22/x?token=tok-123", strict);
    expect(JSON.stringify(verdict)).not.toMatch(/hunter2|tok-123/);
  });

  it("refuses every hostile form for something other than its port", () => {
    const accepted = hostileUrls(41_999).filter((url) =>
      codes(url).every((code) => code === "url_port" && !/:(22|25|5432|6379|0)\//.test(url)),
    );
    expect(accepted).toEqual([]);
  });
});
