import type { RedactionTestWire } from "@/lib/contracts/redaction";

export function redactionTestToWire(test: {
  text: string;
  redactions: { kind: string; count: number }[];
  profile: string;
  profileKnown: boolean;
}): RedactionTestWire {
  const { profileKnown, ...rest } = test;
  return { ...rest, profile_known: profileKnown };
}
