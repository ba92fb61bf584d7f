/**
 * The IANA IPv4 and IPv6 special-purpose registries plus the multicast and reserved space, whole, with the reason
 * a person is shown. `opens` marks what a development opt-in may reach; nothing else is ever reachable.
 */
export type Block = { cidr: string; code: string; words: string; opens?: true };

/** First match wins, so a narrower block stands before the wider one it lies in. */
export const ipv4Blocks: readonly Block[] = [
  { cidr: "0.0.0.0/8", code: "address_this_network", words: "this network (0.0.0.0/8)" },
  { cidr: "10.0.0.0/8", code: "address_private", words: "a private network", opens: true },
  { cidr: "100.64.0.0/10", code: "address_shared", words: "carrier-grade NAT space" },
  { cidr: "127.0.0.0/8", code: "address_loopback", words: "this machine (loopback)", opens: true },
  { cidr: "169.254.0.0/16", code: "address_link_local", words: "link-local, where cloud metadata lives" },
  { cidr: "172.16.0.0/12", code: "address_private", words: "a private network", opens: true },
  {
    cidr: "192.0.0.0/24",
    code: "address_protocol_assignment",
    words: "reserved for protocols (192.0.0.0/24)",
  },
  { cidr: "192.0.2.0/24", code: "address_documentation", words: "reserved for documentation" },
  { cidr: "192.31.196.0/24", code: "address_as112", words: "an AS112 sink" },
  { cidr: "192.52.193.0/24", code: "address_amt", words: "reserved for multicast tunnelling" },
  { cidr: "192.88.99.0/24", code: "address_6to4_relay", words: "the 6to4 relay anycast network" },
  { cidr: "192.168.0.0/16", code: "address_private", words: "a private network", opens: true },
  { cidr: "192.175.48.0/24", code: "address_as112", words: "an AS112 sink" },
  { cidr: "198.18.0.0/15", code: "address_benchmarking", words: "reserved for benchmarking" },
  { cidr: "198.51.100.0/24", code: "address_documentation", words: "reserved for documentation" },
  { cidr: "203.0.113.0/24", code: "address_documentation", words: "reserved for documentation" },
  { cidr: "224.0.0.0/4", code: "address_multicast", words: "multicast" },
  { cidr: "255.255.255.255/32", code: "address_broadcast", words: "broadcast" },
  { cidr: "240.0.0.0/4", code: "address_reserved", words: "reserved (240.0.0.0/4)" },
  // Publicly numbered, but it is Azure's host agent, reachable from any of its virtual machines.
  { cidr: "168.63.129.16/32", code: "address_cloud_metadata", words: "a cloud platform's own service" },
];

export const ipv6Blocks: readonly Block[] = [
  { cidr: "::/128", code: "address_unspecified", words: "the unspecified address" },
  { cidr: "::1/128", code: "address_loopback", words: "this machine (loopback)", opens: true },
  { cidr: "::ffff:0:0/96", code: "address_ipv4_mapped", words: "an IPv4 address written as IPv6" },
  { cidr: "::ffff:0:0:0/96", code: "address_ipv4_translated", words: "an IPv4 address translated to IPv6" },
  { cidr: "::/96", code: "address_ipv4_compatible", words: "an IPv4-compatible address" },
  { cidr: "64:ff9b::/96", code: "address_nat64", words: "a NAT64 translation" },
  { cidr: "64:ff9b:1::/48", code: "address_nat64", words: "a local NAT64 translation" },
  { cidr: "100::/64", code: "address_discard", words: "the discard prefix" },
  { cidr: "100:0:0:1::/64", code: "address_dummy", words: "the dummy prefix" },
  { cidr: "2001::/32", code: "address_teredo", words: "a Teredo tunnel" },
  { cidr: "2001:2::/48", code: "address_benchmarking", words: "reserved for benchmarking" },
  { cidr: "2001:10::/28", code: "address_orchid", words: "an ORCHID identifier" },
  { cidr: "2001:20::/28", code: "address_orchid", words: "an ORCHIDv2 identifier" },
  { cidr: "2001:30::/28", code: "address_drone_id", words: "a drone identification tag" },
  { cidr: "2001::/23", code: "address_protocol_assignment", words: "reserved for protocols (2001::/23)" },
  { cidr: "2001:db8::/32", code: "address_documentation", words: "reserved for documentation" },
  { cidr: "2002::/16", code: "address_6to4", words: "a 6to4 tunnel" },
  { cidr: "2620:4f:8000::/48", code: "address_as112", words: "an AS112 sink" },
  { cidr: "3fff::/20", code: "address_documentation", words: "reserved for documentation" },
  { cidr: "5f00::/16", code: "address_segment_routing", words: "segment routing identifiers" },
  // Metadata services of two clouds sit inside unique-local space, which an opt-in may otherwise reach.
  { cidr: "fd00:ec2::/32", code: "address_cloud_metadata", words: "a cloud platform's own service" },
  { cidr: "fd20:ce::254/128", code: "address_cloud_metadata", words: "a cloud platform's own service" },
  { cidr: "fc00::/7", code: "address_private", words: "a private network (unique local)", opens: true },
  { cidr: "fe80::/10", code: "address_link_local", words: "link-local" },
  { cidr: "fec0::/10", code: "address_site_local", words: "deprecated site-local space" },
  { cidr: "ff00::/8", code: "address_multicast", words: "multicast" },
];
