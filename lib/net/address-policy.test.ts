import { describe, expect, it } from "vitest";
import { type AddressPolicy, judgeAddress } from "./address-policy";
import { ipv4Blocks, ipv6Blocks } from "./special-purpose-blocks";

const closed: AddressPolicy = { allowPrivateNetworks: false, privateNetworks: [] };
const opted: AddressPolicy = { allowPrivateNetworks: true, privateNetworks: [] };
const limited: AddressPolicy = { allowPrivateNetworks: true, privateNetworks: ["10.1.0.0/16", "fd12::/16"] };

/** "allowed", or the reason's code. */
function verdict(address: string, policy: AddressPolicy): string {
  const result = judgeAddress(address, policy);
  return result.allowed ? "allowed" : result.reason.code;
}

describe("judgeAddress without an opt-in", () => {
  it.each([
    ["8.8.8.8", "allowed"],
    ["1.1.1.1", "allowed"],
    ["172.15.255.255", "allowed"],
    ["172.32.0.1", "allowed"],
    ["100.63.255.255", "allowed"],
    ["100.128.0.1", "allowed"],
    ["192.0.1.1", "allowed"],
    ["198.17.255.255", "allowed"],
    ["198.20.0.1", "allowed"],
    ["223.255.255.255", "allowed"],
    ["2606:4700:4700::1111", "allowed"],
    ["2a00:1450:4001:80e::200e", "allowed"],
    ["2001:200::1", "allowed"],
    ["2001:4860:4860::8888", "allowed"],
    ["0.0.0.0", "address_this_network"],
    ["0.1.2.3", "address_this_network"],
    ["10.0.0.1", "address_private"],
    ["10.255.255.255", "address_private"],
    ["100.64.0.1", "address_shared"],
    ["100.100.100.200", "address_shared"],
    ["100.127.255.255", "address_shared"],
    ["127.0.0.1", "address_loopback"],
    ["127.255.255.254", "address_loopback"],
    ["168.63.129.16", "address_cloud_metadata"],
    ["169.254.169.254", "address_link_local"],
    ["169.254.170.2", "address_link_local"],
    ["172.16.0.1", "address_private"],
    ["172.31.255.255", "address_private"],
    ["192.0.0.1", "address_protocol_assignment"],
    ["192.0.0.192", "address_protocol_assignment"],
    ["192.0.2.1", "address_documentation"],
    ["192.31.196.1", "address_as112"],
    ["192.52.193.1", "address_amt"],
    ["192.88.99.1", "address_6to4_relay"],
    ["192.168.0.1", "address_private"],
    ["192.175.48.1", "address_as112"],
    ["198.18.0.1", "address_benchmarking"],
    ["198.19.255.255", "address_benchmarking"],
    ["198.51.100.1", "address_documentation"],
    ["203.0.113.1", "address_documentation"],
    ["224.0.0.1", "address_multicast"],
    ["239.255.255.255", "address_multicast"],
    ["240.0.0.1", "address_reserved"],
    ["255.255.255.254", "address_reserved"],
    ["255.255.255.255", "address_broadcast"],
    ["::", "address_unspecified"],
    ["::1", "address_loopback"],
    ["::2", "address_ipv4_compatible"],
    ["::127.0.0.1", "address_ipv4_compatible"],
    ["::8.8.8.8", "address_ipv4_compatible"],
    ["::ffff:127.0.0.1", "address_ipv4_mapped"],
    ["::ffff:8.8.8.8", "address_ipv4_mapped"],
    ["::ffff:7f00:1", "address_ipv4_mapped"],
    ["::ffff:0:127.0.0.1", "address_ipv4_translated"],
    ["64:ff9b::127.0.0.1", "address_nat64"],
    ["64:ff9b::8.8.8.8", "address_nat64"],
    ["64:ff9b:1::1", "address_nat64"],
    ["64:ff9b:1:7f00:0:100::", "address_nat64"],
    ["64:ff9b:2::1", "address_not_global"],
    ["100::1", "address_discard"],
    ["100:0:0:1::1", "address_dummy"],
    ["100:0:0:2::1", "address_not_global"],
    ["2001::1", "address_teredo"],
    ["2001:0:4136:e378:8000:63bf:80ff:fffe", "address_teredo"],
    ["2001:1::1", "address_protocol_assignment"],
    ["2001:2::1", "address_benchmarking"],
    ["2001:3::1", "address_protocol_assignment"],
    ["2001:4:112::1", "address_protocol_assignment"],
    ["2001:10::1", "address_orchid"],
    ["2001:20::1", "address_orchid"],
    ["2001:30::1", "address_drone_id"],
    ["2001:1ff::1", "address_protocol_assignment"],
    ["2001:db8::1", "address_documentation"],
    ["2002:7f00:1::1", "address_6to4"],
    ["2002:808:808::1", "address_6to4"],
    ["2620:4f:8000::1", "address_as112"],
    ["3fff::1", "address_documentation"],
    ["3fff:fff::1", "address_documentation"],
    ["4000::1", "address_not_global"],
    ["5f00::1", "address_segment_routing"],
    ["8000::1", "address_not_global"],
    ["fc00::1", "address_private"],
    ["fd00:ec2::254", "address_cloud_metadata"],
    ["fd20:ce::254", "address_cloud_metadata"],
    ["fdff::1", "address_private"],
    ["fe80::1", "address_link_local"],
    ["fe80::1%eth0", "address_malformed"],
    ["febf::1", "address_link_local"],
    ["fec0::1", "address_site_local"],
    ["ff02::1", "address_multicast"],
    ["ffff::1", "address_multicast"],
    ["127.1", "address_malformed"],
    ["0177.0.0.1", "address_malformed"],
    ["0x7f000001", "address_malformed"],
    ["2130706433", "address_malformed"],
    ["[::1]", "address_malformed"],
    ["", "address_malformed"],
    ["localhost", "address_malformed"],
    ["8.8.8.8 ", "address_malformed"],
  ])("%s is %s", (address, expected) => {
    expect(verdict(address, closed)).toBe(expected);
  });
});

describe("judgeAddress with the development opt-in", () => {
  it.each(["127.0.0.1", "::1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "fd12:3456::1", "8.8.8.8"])(
    "%s is allowed",
    (address) => expect(verdict(address, opted)).toBe("allowed"),
  );

  it.each([
    "169.254.169.254",
    "fd00:ec2::254",
    "168.63.129.16",
    "0.0.0.0",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::",
    "::ffff:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::127.0.0.1",
    "2002:7f00:1::1",
    "2001::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "100::1",
  ])("%s stays refused", (address) => {
    expect(verdict(address, opted)).not.toBe("allowed");
    expect(verdict(address, limited)).not.toBe("allowed");
    expect(verdict(address, { ...opted, privateNetworks: ["0.0.0.0/0", "::/0"] })).not.toBe("allowed");
  });

  it.each([
    ["10.1.2.3", "allowed"],
    ["fd12::5", "allowed"],
    ["10.2.0.1", "address_outside_private_networks"],
    ["127.0.0.1", "address_outside_private_networks"],
    ["::1", "address_outside_private_networks"],
    ["8.8.8.8", "allowed"],
  ])("inside the host's networks only: %s is %s", (address, expected) => {
    expect(verdict(address, limited)).toBe(expected);
  });

  it("takes loopback when the host lists it, and nothing when its list is unreadable", () => {
    expect(verdict("127.0.0.1", { ...opted, privateNetworks: ["127.0.0.0/8"] })).toBe("allowed");
    expect(verdict("127.0.0.1", { ...opted, privateNetworks: ["everything"] })).not.toBe("allowed");
  });

  it("needs the opt-in as well as the host's list", () => {
    expect(verdict("10.1.2.3", { ...closed, privateNetworks: ["10.1.0.0/16"] })).toBe("address_private");
  });
});

describe("reasons", () => {
  it("name the IPv4 address a translated form hides", () => {
    const mapped = judgeAddress("::ffff:127.0.0.1", closed);
    expect(mapped).toMatchObject({ reason: { message: expect.stringContaining("127.0.0.1, this machine") } });
    const tunnel = judgeAddress("2002:a9fe:a9fe::", closed);
    expect(tunnel).toMatchObject({ reason: { message: expect.stringContaining("169.254.169.254") } });
  });
});

describe("the registry", () => {
  it("refuses the first address of every block", () => {
    for (const { cidr } of [...ipv4Blocks, ...ipv6Blocks]) {
      const first = cidr.slice(0, cidr.indexOf("/"));
      expect(verdict(first, closed), cidr).not.toBe("allowed");
    }
  });

  it("opens only loopback and private blocks", () => {
    const opening = [...ipv4Blocks, ...ipv6Blocks].filter((block) => block.opens).map((block) => block.cidr);
    expect(opening).toEqual([
      "10.0.0.0/8",
      "127.0.0.0/8",
      "172.16.0.0/12",
      "192.168.0.0/16",
      "::1/128",
      "fc00::/7",
    ]);
  });
});
